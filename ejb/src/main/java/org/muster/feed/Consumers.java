package org.muster.feed;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.muster.event.Checkpoint;
import org.muster.event.Checkpoints;
import org.muster.event.ConsumerId;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;
import org.muster.storage.StorageException;

/** The consumers of a tenant's events, and how far each of them is. Thread-safe. */
public final class Consumers {
  private static final int MOST = 1_000;

  private final Checkpoints checkpoints;
  private final Writes writes;
  private final Clock clock;

  /** Where changes become transactions. */
  interface Writes {
    <T> T write(Function<Checkpoints, T> change);
  }

  /** The consumers whose checkpoints these are. */
  Consumers(Checkpoints checkpoints, Writes writes, Clock clock) {
    this.checkpoints = checkpoints;
    this.writes = writes;
    this.clock = clock;
  }

  /**
   * A page of them, by name.
   *
   * @param after the name that it begins behind
   */
  public List<Checkpoint> page(TenantId tenant, Optional<String> after, int limit) {
    String behind = after.orElse("");
    return checkpoints.page(
        tenant,
        behind.compareTo(ConsumerId.BEFORE_CLIENTS) < 0 ? ConsumerId.BEFORE_CLIENTS : behind,
        limit);
  }

  /**
   * How far a consumer is.
   *
   * @throws ScimException 404 if there is none of that name
   */
  public Checkpoint get(TenantId tenant, String name) {
    return find(tenant, name).orElseThrow(Consumers::notFound);
  }

  /**
   * Sets how far a consumer is; the first time, or if the caller knows how far it was.
   *
   * @param known what the caller has seen of it: a version, or anything
   * @throws ScimException 400 for a name that none may have; 412 if it is elsewhere by now; 428 if
   *     it is there and the caller says nothing of that
   */
  public Saved save(TenantId tenant, String name, Position position, Condition known) {
    if (!ConsumerId.isClientName(name)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "The name of a consumer is 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', and begins with a"
              + " letter or digit");
    }
    Optional<Checkpoint> found = find(tenant, name);
    Precondition expected = found.isPresent() ? seen(found.get(), known) : unseen(tenant, known);
    ConsumerId consumer = new ConsumerId(tenant, name);
    Checkpoint saved = change(all -> all.save(consumer, position, clock.instant(), expected));
    return new Saved(saved, found.isEmpty());
  }

  /**
   * A checkpoint that was saved.
   *
   * @param isNew whether it was the first of its consumer
   */
  public record Saved(Checkpoint checkpoint, boolean isNew) {}

  /**
   * Forgets a consumer.
   *
   * @param known what the caller has seen of it, if it says so
   * @throws ScimException 404 if there is none of that name; 412 if it is elsewhere by now
   */
  public void remove(TenantId tenant, String name, Condition known) {
    Checkpoint found = get(tenant, name);
    Precondition expected =
        known instanceof Condition.None ? new Precondition.Present() : seen(found, known);
    change(all -> all.remove(found.consumer(), expected));
  }

  private Optional<Checkpoint> find(TenantId tenant, String name) {
    return ConsumerId.isClientName(name)
        ? checkpoints.find(new ConsumerId(tenant, name))
        : Optional.empty();
  }

  private static Precondition seen(Checkpoint found, Condition known) {
    if (known instanceof Condition.None) {
      throw ScimException.preconditionRequired();
    }
    if (known instanceof Condition.Tags tags
        && !tags.opaque().contains(found.version().toString())) {
      throw elsewhere();
    }
    return known instanceof Condition.Star ? new Precondition.Present() : at(found.version());
  }

  private static Precondition at(Version version) {
    return new Precondition.At(version);
  }

  private Precondition unseen(TenantId tenant, Condition known) {
    if (!(known instanceof Condition.None)) {
      throw elsewhere();
    }
    if (page(tenant, Optional.empty(), MOST).size() >= MOST) {
      throw new ScimException(
          403, "The tenant has " + MOST + " consumers, which is the most; remove one first");
    }
    return new Precondition.Absent();
  }

  private <T> T change(Function<Checkpoints, T> change) {
    try {
      return writes.write(change);
    } catch (StorageException.Conflict e) {
      throw elsewhere();
    }
  }

  private static ScimException elsewhere() {
    return new ScimException(412, "The consumer is elsewhere by now; GET it and decide again");
  }

  private static ScimException notFound() {
    return ScimException.notFound("There is no such consumer");
  }
}
