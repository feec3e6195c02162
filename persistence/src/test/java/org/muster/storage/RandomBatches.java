package org.muster.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.muster.kernel.Folding;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;

/** Batches of a few changes, some of which must be refused. */
final class RandomBatches {
  static final List<String> RELATIONS = List.of("members", "manager");
  private static final List<String> ATTRIBUTES = List.of("userName", "externalId");

  private final TenantId tenant;
  private final RandomPeople people;

  /** One batch as two providers get it: they have given their own versions. */
  record Twins(Batch left, Batch right) {}

  /** The versions that two providers gave to the same state of a document. */
  record Versions(Version left, Version right) {}

  /** A tombstone's versions and the document below it. */
  record Grave(Versions versions, JsonDocument document) {}

  /** Finds the tombstone of a key. */
  @FunctionalInterface
  interface Graves {
    Optional<Grave> of(StorageKey key);
  }

  RandomBatches(TenantId tenant, RandomPeople people) {
    this.tenant = tenant;
    this.people = people;
  }

  /**
   * The next batch.
   *
   * @param known the versions that a key has now (true) or had at some time (false)
   */
  Twins next(BiFunction<StorageKey, Boolean, List<Versions>> known, Graves graves) {
    Batch.Builder left = Batch.builder(tenant);
    Batch.Builder right = Batch.builder(tenant);
    Set<StorageKey> written = new HashSet<>();
    Set<StorageKey> exhumed = new HashSet<>();
    for (int n = people.number(1, 5); n > 0; n--) {
      Change change = change();
      boolean exhumes = people.chance(25);
      if (exhumes) {
        StorageKey key = people.key();
        if (!written.contains(key) && exhumed.add(key)) {
          exhume(key, left, right, known, graves);
        }
        change = new Change.Check(key);
      } else if (change instanceof Change.Put || change instanceof Change.Delete) {
        if (exhumed.contains(change.key())) {
          change = new Change.Check(change.key());
        }
        written.add(change.key());
      }
      if (!exhumes) {
        left.add(change);
        right.add(change);
      }
      if (people.chance(40)) {
        StorageKey key = people.chance(80) ? change.key() : people.key();
        List<Versions> versions = known.apply(key, people.chance(80));
        if (people.chance(60) && !versions.isEmpty()) {
          Versions at = people.pick(versions);
          left.expect(key, new Precondition.At(at.left()));
          right.expect(key, new Precondition.At(at.right()));
        } else {
          Precondition expected = precondition(versions.isEmpty());
          left.expect(key, expected);
          right.expect(key, expected);
        }
      }
    }
    return new Twins(left.build(), right.build());
  }

  /** Adds a restore or purge, seldom of a version that is not the tombstone's. */
  private void exhume(
      StorageKey key,
      Batch.Builder left,
      Batch.Builder right,
      BiFunction<StorageKey, Boolean, List<Versions>> known,
      Graves graves) {
    Optional<Grave> grave = graves.of(key);
    List<Versions> old = known.apply(key, false);
    boolean current = grave.isPresent() && people.chance(90);
    if (!current && (old.isEmpty() || people.chance(90))) {
      return;
    }
    Versions versions = current ? grave.get().versions() : people.pick(old);
    if (people.chance(40)) {
      left.add(new Change.Purge(key, versions.left()));
      right.add(new Change.Purge(key, versions.right()));
    } else {
      JsonDocument document = grave.map(Grave::document).orElseGet(people::document);
      Change.Put put = People.put(key, document);
      left.add(new Change.Restore(key, versions.left(), put.keys(), put.label()));
      right.add(new Change.Restore(key, versions.right(), put.keys(), put.label()));
    }
  }

  private Precondition precondition(boolean absent) {
    if (people.chance(20)) {
      return new Precondition.Any();
    }
    return absent == people.chance(90) ? new Precondition.Absent() : new Precondition.Present();
  }

  private Change change() {
    StorageKey key = people.key();
    int kind = people.number(0, 99);
    if (kind < 40) {
      return People.put(key, people.document());
    }
    if (kind < 50) {
      return new Change.Delete(key, people.pick(RandomPeople.TEXTS.subList(0, 16)));
    }
    if (kind < 60) {
      return new Change.Claim(key, people.pick(ATTRIBUTES), value());
    }
    if (kind < 70) {
      return new Change.Release(key, people.pick(ATTRIBUTES), value());
    }
    if (kind < 72) {
      return new Change.Check(key);
    }
    String relation = people.pick(RELATIONS);
    if (kind < 85) {
      return new Change.AddLinks(people.key("Group"), relation, people.keys(0, 2));
    }
    if (kind < 93) {
      return new Change.RemoveLinks(people.key("Group"), relation, people.keys(0, 4));
    }
    return new Change.ReplaceLinks(people.key("Group"), relation, people.keys(0, 3));
  }

  private String value() {
    return Folding.key(Folding.fold(people.pick(RandomPeople.TEXTS), false));
  }
}
