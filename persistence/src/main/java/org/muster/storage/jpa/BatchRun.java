package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.sql.Companion;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Applies one batch in the transaction of its connection. A document that is linked to is locked
 * before those that link to it, else in the order of keys, so that batches seldom meet head on.
 */
final class BatchRun {
  private static final Precondition ANY = new Precondition.Any();

  private final Dialect dialect;
  private final Connection connection;
  private final Batch batch;
  private final BatchPlan plan;
  private final Locks locks;
  private final LinkWriter links;
  private final ClaimWriter claims;
  private final Script script;
  private final Applied.Moment moment;
  private final long version;
  private final long now;
  private final Companion companion;
  private final Map<StorageKey, Long> created = new LinkedHashMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<Effect> effects = new ArrayList<>();

  BatchRun(
      Dialect dialect,
      Connection connection,
      Batch batch,
      Applied.Moment moment,
      Companion companion) {
    this.dialect = dialect;
    this.connection = connection;
    this.batch = batch;
    this.moment = moment;
    this.companion = companion;
    this.version = moment.version().value();
    this.now = moment.time().toEpochMilli();
    this.plan = new BatchPlan(batch);
    this.locks = new Locks(dialect, batch.tenant());
    this.links = new LinkWriter(dialect, connection, plan, this::assureLive, effects::add);
    this.claims = new ClaimWriter(dialect, batch.tenant(), plan);
    this.script = new Script(dialect.sql());
  }

  Applied run() throws SQLException {
    plan.puts.values().forEach(BatchRun::checkSize);
    lockAndJudge();
    boolean accompanied = write();
    finishWrites();
    delete();
    Applied applied = new Applied(Optional.of(moment), stamps(), effects);
    if (!accompanied) {
      companion.follow(batch, applied);
    }
    return applied;
  }

  private static void checkSize(Change.Put put) {
    int bytes = put.document().bytes();
    if (bytes > JsonDocument.MAX_BYTES) {
      throw new StorageException.TooLarge(
          "A document of " + bytes + " bytes, where " + JsonDocument.MAX_BYTES + " are allowed");
    }
  }

  /** What is linked to is locked before what links to it, as a delete does. */
  private void lockAndJudge() throws SQLException {
    Set<StorageKey> shared = links.newTargets();
    shared.addAll(plan.shared);
    shared.removeAll(plan.locked);
    Set<StorageKey> first = new TreeSet<>(plan.locked);
    first.retainAll(plan.targets);
    Set<StorageKey> last = new TreeSet<>(plan.locked);
    last.removeAll(plan.targets);
    locks.exclusively(script, first);
    locks.shared(script, shared);
    locks.exclusively(script, last);
    script.run(connection);
    plan.locked.forEach(this::judge);
    plan.shared.forEach(this::judge);
    plan.owners.forEach(this::checkLive);
    shared.stream().filter(plan.targets::contains).forEach(this::checkLive);
    first.forEach(this::checkLive);
  }

  private void assureLive(Set<StorageKey> keys) throws SQLException {
    Set<StorageKey> others = new TreeSet<>(keys);
    others.removeIf(key -> plan.brings(key) || locks.isLive(key));
    locks.shared(script, others);
    script.run(connection);
    others.forEach(this::checkLive);
  }

  private void judge(StorageKey key) {
    Locks.Live live = locks.of(key);
    Precondition expected = plan.expected(key);
    if (!(live == null ? expected.holdsForNone() : expected.holdsAt(new Version(live.version())))) {
      throw conflict(key);
    }
  }

  private void checkLive(StorageKey key) {
    if (!plan.brings(key) && !locks.isLive(key)) {
      throw new StorageException.Conflict(key, "A document that a batch relies on is absent");
    }
  }

  /** Whether what goes along with the batch was written with it. */
  private boolean write() throws SQLException {
    List<Change.Put> late = new ArrayList<>();
    plan.puts.values().forEach(put -> put(put, late));
    plan.restores.values().forEach(this::restore);
    purge();
    plan.reindexes.forEach(this::reindex);
    claims.write(script);
    links.write(script);
    if (plan.deletions.isEmpty()) {
      count();
    }
    Optional<BooleanSupplier> riding =
        isForeseeable()
            ? companion.ride(batch, new Applied(Optional.of(moment), Map.of(), effects), script)
            : Optional.empty();
    script.run(connection);
    late.forEach(put -> dialect.revive(script, row(put, now), rows -> expectOne(put.key(), rows)));
    return riding.map(BooleanSupplier::getAsBoolean).orElse(false);
  }

  /** Whether it does what it says or fails: what others are to a document is seen on the way. */
  private boolean isForeseeable() {
    return batch.changes().stream()
        .allMatch(
            change ->
                change instanceof Change.Put
                    || change instanceof Change.Claim
                    || change instanceof Change.Release
                    || change instanceof Change.Check);
  }

  private void put(Change.Put put, List<Change.Put> late) {
    StorageKey key = put.key();
    Locks.Live live = locks.of(key);
    boolean inserts = plan.isInsert(key) || (plan.locked.contains(key) && live == null);
    created.put(key, live == null ? now : live.created());
    effects.add(new Effect.Written(key, inserts));
    if (inserts) {
      counts.merge(key.collection(), 1L, Long::sum);
      dialect.insert(
          script,
          row(put, now),
          rows -> {
            if (rows == 0) {
              late.add(put);
            }
          });
    } else {
      dialect.update(
          script,
          row(put, now),
          live == null ? plan.expected(key) : ANY,
          row -> created.put(key, row.getLong(1)),
          rows -> expectOne(key, rows));
    }
  }

  private void restore(Change.Restore restore) {
    StorageKey key = restore.key();
    counts.merge(key.collection(), 1L, Long::sum);
    effects.add(new Effect.Restored(key));
    dialect.restore(
        script,
        restore,
        version,
        now,
        row -> created.put(key, row.getLong(1)),
        rows -> expectTombstones(key, 1, rows));
  }

  /** A statement for each collection, however many they are. */
  private void purge() {
    for (List<StorageKey> some : Dialect.byCollection(plan.purges.keySet())) {
      Long[] versions = some.stream().map(key -> purged(key).value()).toArray(Long[]::new);
      script.add(
          dialect.purge(some, versions), rows -> expectTombstones(some.get(0), some.size(), rows));
      some.forEach(key -> effects.add(new Effect.Purged(key)));
    }
  }

  private void reindex(Change.Reindex reindex) {
    dialect.reindex(
        script,
        reindex,
        rows -> {
          if (rows > 0) {
            effects.add(new Effect.Reindexed(reindex.key()));
          }
        });
  }

  private Version purged(StorageKey key) {
    return Objects.requireNonNull(plan.purges.get(key)).tombstone();
  }

  private static void expectTombstones(StorageKey key, int expected, int rows) {
    if (rows != expected) {
      throw new StorageException.Conflict(key, "There is no such tombstone");
    }
  }

  private Dialect.Row row(Change.Put put, long createdMillis) {
    return new Dialect.Row(put, version, createdMillis, now);
  }

  private void finishWrites() throws SQLException {
    claims.check(script);
    Set<StorageKey> raised = new LinkedHashSet<>(links.changed);
    raised.addAll(plan.touches);
    for (StorageKey key : raised) {
      Locks.Live live = locks.of(key);
      if (!plan.brings(key) && live != null) {
        created.put(key, live.created());
        script.add(
            Sql.of("update document set version = ?, modified_ms = ?", version, now)
                .add(Dialect.byKey(key))
                .add(" and coalesce(deleted_ms, 0) = 0"));
      }
    }
    script.run(connection);
    claims.judge();
  }

  private void delete() throws SQLException {
    if (plan.deletions.isEmpty()) {
      return;
    }
    for (Change.Delete delete : plan.deletions) {
      Precondition expected =
          plan.locked.contains(delete.key()) ? ANY : plan.expected(delete.key());
      delete(delete, expected);
    }
    script.run(connection);
    count();
    script.run(connection);
  }

  private void delete(Change.Delete delete, Precondition expected) {
    StorageKey key = delete.key();
    dialect.bury(
        script,
        delete,
        expected,
        version,
        now,
        rows -> {
          if (rows == 0 && !expected.holdsForNone()) {
            throw conflict(key);
          }
          counts.merge(key.collection(), (long) -rows, Long::sum);
          created.remove(key);
          if (rows > 0) {
            effects.add(new Effect.Deleted(key));
          }
        });
    // from here on nobody can link to it
    dialect.lockSources(script, key);
    script.add(dialect.raiseSources(key, version, now));
    script.add(
        Sql.of(
            "delete from claim where tenant = ? and collection = ? and owner = ?",
            key.tenant().value(),
            key.collection(),
            key.id()));
    links.unlinkAll(script, key);
  }

  private void count() {
    counts.forEach(
        (collection, more) -> {
          if (more != 0) {
            script.add(dialect.count(batch.tenant().value(), collection, more));
          }
        });
  }

  private static void expectOne(StorageKey key, int rows) {
    if (rows != 1) {
      throw conflict(key);
    }
  }

  private static StorageException conflict(StorageKey key) {
    return new StorageException.Conflict(key, "A precondition does not hold");
  }

  private Map<StorageKey, Applied.Stamp> stamps() {
    Map<StorageKey, Applied.Stamp> stamps = new HashMap<>();
    created.forEach(
        (key, time) ->
            stamps.put(
                key,
                new Applied.Stamp(moment.version(), Instant.ofEpochMilli(time), moment.time())));
    return stamps;
  }
}
