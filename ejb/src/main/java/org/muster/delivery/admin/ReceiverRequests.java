package org.muster.delivery.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.muster.delivery.Outcome;
import org.muster.delivery.Transport;
import org.muster.delivery.Transports;
import org.muster.delivery.Writes;
import org.muster.delivery.webhook.Signature;
import org.muster.event.EventPage;
import org.muster.event.Position;
import org.muster.feed.Feed;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Counts;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Kind;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Receivers;
import org.muster.receiver.Secret;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * The receivers of a tenant, as its administrators make, see and change them; who they are and
 * which tenant it is, was asked before. Thread-safe.
 */
public final class ReceiverRequests {
  private static final Duration PING_MOST = Duration.ofSeconds(70);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Receivers receivers;
  private final DeliveryLog log;
  private final Feed feed;
  private final Transports transports;
  private final ReceiverJson json;
  private final Writes writes;
  private final Consumer<ReceiverId> wake;
  private final int most;
  private final Clock clock;

  /**
   * Requests over these receivers.
   *
   * @param wake is told of what may have something to do
   * @param most how many a tenant may have
   */
  public ReceiverRequests(
      Receivers receivers,
      DeliveryLog log,
      Feed feed,
      Transports transports,
      ReceiverJson json,
      Writes writes,
      Consumer<ReceiverId> wake,
      int most,
      Clock clock) {
    this.receivers = receivers;
    this.log = log;
    this.feed = feed;
    this.transports = transports;
    this.json = json;
    this.writes = writes;
    this.wake = wake;
    this.most = most;
    this.clock = clock;
  }

  /**
   * A receiver that was made.
   *
   * @param secret that the server has made up; not shown again
   */
  public record Made(Receiver receiver, Optional<Secret> secret) {}

  /**
   * Makes a receiver, whose events begin with what is yet to come unless {@code after} says more.
   *
   * @throws ScimException 400 for what is wrong; 403 if there are too many
   */
  public Made create(TenantId tenant, ObjectNode body) {
    json.requireKnown(body);
    Kind kind = json.kind(body);
    Optional<List<Secret>> given = json.secrets(body);
    Optional<Secret> made =
        given.isEmpty() && kind == Kind.WEBHOOK
            ? Optional.of(Signature.secret(RANDOM))
            : Optional.empty();
    Instant now = clock.instant();
    Receiver receiver =
        new Receiver(
            new ReceiverId(tenant, UuidCreator.getTimeOrderedEpoch().toString()),
            kind,
            json.state(body),
            json.settings(tenant, body),
            given.orElseGet(() -> made.stream().toList()),
            new Version(1),
            now,
            now);
    transport(kind).check(receiver);
    Position start = new Start(feed).of(tenant, ReceiverJson.text(body, "after").orElse("end"));
    if (receivers.page(tenant, "", most).size() >= most) {
      throw new ScimException(
          403, "The tenant has " + most + " receivers, which is the most; remove one first");
    }
    return new Made(stored(() -> receivers.add(receiver, start)), made);
  }

  /** A page of receivers, by id. */
  public List<Receiver> page(TenantId tenant, Optional<String> after, int limit) {
    return receivers.page(tenant, after.orElse(""), limit);
  }

  /**
   * A receiver and how far it is.
   *
   * @param lag the age of the oldest event that it has not got; empty if it has all
   */
  public record View(Progress progress, Counts counts, Optional<Duration> lag) {}

  /**
   * One receiver.
   *
   * @throws ScimException 404 if there is none of that id
   */
  public View get(TenantId tenant, String id) {
    ReceiverId receiver = find(tenant, id).id();
    Progress progress = log.find(receiver).orElseThrow(ReceiverRequests::notFound);
    return new View(progress, log.counts(receiver), lag(progress));
  }

  private Optional<Duration> lag(Progress progress) {
    EventPage page;
    Position from = progress.position();
    do { // what it wants may be far between
      page = feed.page(from, Feed.filter(progress.receiver()), 1);
      from = page.next();
    } while (page.events().isEmpty() && !page.complete());
    return page.events().stream()
        .findFirst()
        .map(event -> Duration.between(event.recorded().time(), clock.instant()));
  }

  /**
   * Changes a receiver by a merge patch (RFC 7396); what is deliverable is tried at once.
   *
   * @param known what the caller has seen of it
   * @throws ScimException 400 for what is wrong; 404; 412 if it was changed meanwhile; 428 if the
   *     caller says nothing of what it has seen
   */
  public Receiver patch(TenantId tenant, String id, Condition known, ObjectNode patch) {
    Receiver before = find(tenant, id);
    if (known instanceof Condition.None) {
      throw ScimException.preconditionRequired();
    }
    Precondition expected = expected(before, known);
    json.requireKnown(patch);
    if (patch.has("kind") || patch.has("after")) {
      throw ReceiverJson.invalid("kind and after can only be given when a receiver is made");
    }
    ObjectNode merged = MergePatch.apply(ReceiverJson.write(before), patch);
    Receiver after =
        new Receiver(
            before.id(),
            before.kind(),
            json.state(merged),
            json.settings(tenant, merged),
            patch.has("secrets") ? json.secrets(patch).orElse(List.of()) : before.secrets(),
            before.version(),
            before.created(),
            clock.instant());
    if (before.kind() == Kind.SET_PUSH
        && !before.secrets().isEmpty()
        && !patch.has("secrets")
        && !isSameServer(before, after)) {
      throw ReceiverJson.invalid(
          "secrets must be given with an endpoint on another server, which would be sent them");
    }
    transport(before.kind()).check(after);
    return stored(() -> receivers.replace(after, expected));
  }

  private static boolean isSameServer(Receiver before, Receiver after) {
    return server(before).equals(server(after));
  }

  /** Who is sent the secrets of a receiver. */
  private static Optional<String> server(Receiver receiver) {
    return receiver
        .settings()
        .endpoint()
        .map(url -> url.getScheme() + "://" + url.getRawAuthority())
        .map(server -> server.toLowerCase(Locale.ROOT));
  }

  /**
   * Removes a receiver and what is noted for it.
   *
   * @param known what the caller has seen of it, if it says so
   */
  public void remove(TenantId tenant, String id, Condition known) {
    Receiver found = find(tenant, id);
    changed(() -> receivers.remove(found.id(), expected(found, known)));
  }

  /** Sends a ping; what came of it. */
  public Outcome test(TenantId tenant, String id) {
    Receiver receiver = find(tenant, id);
    try {
      return transport(receiver.kind())
          .ping(receiver)
          .toCompletableFuture()
          .get(PING_MOST.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScimException(503, "The server stops");
    } catch (ExecutionException | TimeoutException e) {
      return new Outcome.Failed("The ping could not be sent", Optional.empty());
    }
  }

  /** Sends all events again from a place on. */
  public void replay(TenantId tenant, String id, ObjectNode body) {
    Receiver found = find(tenant, id);
    String after =
        ReceiverJson.text(body, "after")
            .filter(text -> body.size() == 1)
            .orElseThrow(() -> ReceiverJson.invalid("The body must be {\"after\": \"…\"}"));
    Position position = new Start(feed).of(tenant, after);
    changed(() -> log.reset(found.id(), position));
    wake.accept(found.id());
  }

  /**
   * The receiver of that id.
   *
   * @throws ScimException 404
   */
  Receiver find(TenantId tenant, String id) {
    return Optional.of(id)
        .filter(StorageKey::isId)
        .flatMap(valid -> receivers.find(new ReceiverId(tenant, valid)))
        .orElseThrow(ReceiverRequests::notFound);
  }

  private Transport transport(Kind kind) {
    return transports
        .of(kind)
        .orElseThrow(
            () -> ReceiverJson.invalid("This server does not serve receivers of this kind"));
  }

  private static Precondition expected(Receiver found, Condition known) {
    if (known instanceof Condition.Tags tags
        && !tags.opaque().contains(found.version().toString())) {
      throw elsewhere();
    }
    return known instanceof Condition.Tags
        ? new Precondition.At(found.version())
        : new Precondition.Present();
  }

  private Receiver stored(Supplier<Receiver> change) {
    AtomicReference<Receiver> stored = new AtomicReference<>();
    changed(() -> stored.set(change.get()));
    Receiver receiver = Objects.requireNonNull(stored.get());
    wake.accept(receiver.id());
    return receiver;
  }

  private void changed(Runnable change) {
    try {
      writes.write(change);
    } catch (StorageException.Conflict e) {
      throw elsewhere();
    }
  }

  private static ScimException elsewhere() {
    return new ScimException(412, "The receiver was changed meanwhile; GET it and decide again");
  }

  private static ScimException notFound() {
    return ScimException.notFound("There is no such receiver");
  }
}
