package org.muster.storage.jpa;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.storage.StorageKey;

/**
 * The documents that a batch has locked, by key, in a fixed order, a few statements for any number.
 */
final class Locks {
  /** What is known of a live document. */
  record Live(long version, long created) {}

  private final Dialect dialect;
  private final TenantId tenant;
  private final Map<StorageKey, Live> live = new HashMap<>();

  Locks(Dialect dialect, TenantId tenant) {
    this.dialect = dialect;
    this.tenant = tenant;
  }

  @Nullable Live of(StorageKey key) {
    return live.get(key);
  }

  boolean isLive(StorageKey key) {
    return live.containsKey(key);
  }

  /** Adds the statement that locks these against any other writer. */
  void exclusively(Script script, Collection<StorageKey> keys) {
    lock(script, keys, dialect.forUpdate());
  }

  /** Adds the statement that locks these against deletion. */
  void shared(Script script, Collection<StorageKey> keys) {
    lock(script, keys, dialect.forShare());
  }

  private void lock(Script script, Collection<StorageKey> keys, String mode) {
    for (List<StorageKey> some : Dialect.byCollection(keys)) {
      script.add(
          Sql.of("select d.collection, d.id, d.version, d.created_ms from document d where ")
              .add(Dialect.among(some))
              .add(some.size() == 1 ? "" : " order by d.id")
              .add(mode),
          row ->
              live.put(
                  new StorageKey(
                      tenant, dialect.decode(row.getString(1)), dialect.decode(row.getString(2))),
                  new Live(row.getLong(3), row.getLong(4))),
          rows -> {});
    }
  }
}
