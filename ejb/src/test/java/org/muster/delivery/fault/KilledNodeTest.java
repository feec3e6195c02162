package org.muster.delivery.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.muster.delivery.Deliveries;
import org.muster.delivery.webhook.Signature;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.Position;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentState;
import org.muster.feed.Feed;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.ReceiverSettings;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.jpa.TestDatabase;

/**
 * Kills a node with -9 while it writes and delivers, has another one take over, and looks for what
 * is missing or too much. {@code -Dmuster.crash.rounds=200} for more rounds, {@code -Dmuster.seed}
 * to repeat.
 */
class KilledNodeTest {
  private final long seed = Long.getLong("muster.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private int acknowledged;
  private int told;
  private int delivered;
  private int taken;
  private int leftOver;

  @Test
  void noChangeIsWithoutItsEventNoEventWithoutItsChangeAndEachIsDelivered() throws Exception {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
    TestDatabase database = TestDatabase.postgres().orElseThrow();
    Node node = Node.over(database);
    int rounds = Integer.getInteger("muster.crash.rounds", 8);
    System.out.printf(Locale.ROOT, "Killed nodes: seed %d, %d rounds%n", seed, rounds);
    Victim next = new Victim(database.url());
    try (Site site = new Site()) {
      for (int round = 0; round < rounds; round++) {
        Victim victim = next;
        long begin = System.nanoTime();
        next = round(node, site, victim, database.url());
        if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
          System.out.println("Round " + round + " took long");
        }
      }
    } finally {
      next.close();
    }
    System.out.printf(
        Locale.ROOT,
        "Killed nodes: %d rounds, %d changes acknowledged, %d events, %d delivered by the killed"
            + " nodes, %d taken (%d again)%n",
        rounds,
        acknowledged,
        told,
        delivered,
        taken,
        taken - told);
    assertThat(acknowledged).isGreaterThan(rounds * 5);
    assertThat(delivered).isPositive();
    assertThat(leftOver).as("rounds that left something to deliver").isPositive();
  }

  private Victim round(Node node, Site site, Victim victim, String url)
      throws IOException, InterruptedException {
    TenantId tenant = new TenantId("k" + UUID.randomUUID().toString().replace("-", ""));
    site.begin(random.nextLong(), random.nextInt(40));
    Receiver receiver = receiver(node, tenant, site);
    List<String> acks;
    Victim next;
    try (victim) {
      victim.go(tenant.value(), random.nextLong());
      TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(900));
      acks = victim.kill();
    }
    delivered += site.ids().size();
    next = new Victim(url);
    Deliveries second = node.deliveries();
    try {
      second.start();
      settle(node, receiver);
    } finally {
      second.stop();
    }
    check(node, site, tenant, acks);
    node.database()
        .inTransaction(() -> node.receivers().remove(receiver.id(), new Precondition.Any()));
    return next;
  }

  private static Receiver receiver(Node node, TenantId tenant, Site site) {
    Receiver receiver =
        new Receiver(
            new ReceiverId(tenant, "site"),
            Kind.WEBHOOK,
            Receiver.State.ENABLED,
            new ReceiverSettings(
                Optional.of(site.url()),
                Set.of(),
                Set.of(),
                ReceiverSettings.Content.FULL,
                Optional.empty(),
                JsonDocument.ofText("{}")),
            List.of(Signature.secret(new SecureRandom())),
            new Version(1),
            Instant.now(),
            Instant.now());
    return node.database().inTransaction(() -> node.receivers().add(receiver, Position.START));
  }

  private void settle(Node node, Receiver receiver) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    boolean isFirst = true;
    while (!isSettled(node, receiver)) {
      if (isFirst) {
        leftOver++;
        isFirst = false;
      }
      assertThat(System.nanoTime()).as("settled in time, seed %d", seed).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean isSettled(Node node, Receiver receiver) {
    Position position = node.log().find(receiver.id()).orElseThrow().position();
    return node.log().counts(receiver.id()).held() == 0
        && new Feed(node.events())
            .page(position, Feed.filter(receiver.id().tenant(), Set.of(), Set.of()), 1)
            .events()
            .isEmpty();
  }

  private void check(Node node, Site site, TenantId tenant, List<String> acks) {
    Set<String> versions = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Event event : all(node, tenant)) {
      StorageKey key = event.stream();
      event
          .recorded()
          .version()
          .ifPresent(v -> versions.add(key.collection() + " " + key.id() + " " + v.value()));
      ids.add(event.recorded().id().toString());
    }
    assertThat(versions).as("events of all that was acknowledged, seed %d", seed).containsAll(acks);
    assertThat(site.ids()).as("delivered of all events, seed %d", seed).isEqualTo(ids);
    site.firstTaken()
        .forEach(
            (stream, numbers) ->
                assertThat(numbers).as("order of %s, seed %d", stream, seed).isSorted());
    for (String collection : List.of("User", "Group")) {
      for (StorageKey key : node.events().streams(tenant, collection, Optional.empty(), 1_000)) {
        assertReplayIsStored(node, key);
      }
    }
    acknowledged += acks.size();
    told += ids.size();
    taken += site.taken();
  }

  private static List<Event> all(Node node, TenantId tenant) {
    List<Event> events = new ArrayList<>();
    Feed feed = new Feed(node.events());
    EventPage page =
        feed.page(Position.START, Feed.filter(tenant, Set.of(), Set.of()), Feed.PAGE_MOST);
    events.addAll(page.events());
    while (!page.complete()) {
      page = feed.page(page.next(), Feed.filter(tenant, Set.of(), Set.of()), Feed.PAGE_MOST);
      events.addAll(page.events());
    }
    return events;
  }

  /** The last events of a document, for messages. */
  private static List<String> lately(Node node, StorageKey key) {
    return node.events().read(StreamRead.backward(key, Long.MAX_VALUE, 8)).stream()
        .map(
            event ->
                event.number()
                    + " "
                    + event.type().word()
                    + " "
                    + event.recorded().version().map(Version::toString).orElse("")
                    + " at "
                    + event.position()
                    + " "
                    + event.recorded().content().map(JsonDocument::text).orElse(""))
        .toList();
  }

  private void assertReplayIsStored(Node node, StorageKey key) {
    DocumentState state = new DocumentState(key);
    node.events().read(StreamRead.forward(key, 1, StreamRead.MOST)).forEach(state::apply);
    Optional<Stored> stored = node.storage().get(key, List.of());
    assertThat(state.presence() == DocumentState.Presence.LIVE)
        .as("%s is live, seed %d", key, seed)
        .isEqualTo(stored.isPresent());
    if (stored.isEmpty()) {
      assertThat(node.storage().buried(key).isPresent())
          .isEqualTo(state.presence() == DocumentState.Presence.DELETED);
      return;
    }
    assertThat(state.document()).contains(stored.get().document());
    assertThat(state.version())
        .as("version of %s, seed %d; events %s", key, seed, lately(node, key))
        .contains(stored.get().version());
    assertThat(state.label()).isEqualTo(stored.get().label());
    List<StorageKey> members =
        node
            .storage()
            .links(
                new LinkQuery(
                    List.of(key), "members", LinkSelector.Direction.OUT, Optional.empty(), 1_000))
            .stream()
            .map(Linked::other)
            .toList();
    assertThat(state.links().getOrDefault("members", new TreeSet<>()))
        .as("members of %s, seed %d", key, seed)
        .containsExactlyInAnyOrderElementsOf(members);
  }
}
