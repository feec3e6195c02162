package org.muster.storage.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageKey;

/**
 * The documents that a batch has locked, by key, in a fixed order, a few statements for any number.
 */
final class Locks {
  /** Most documents of one statement. */
  private static final int CHUNK = 5_000;

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
    List<StorageKey> all = new ArrayList<>(keys);
    for (int start = 0; start < all.size(); start += CHUNK) {
      script.add(
          select(all.subList(start, Math.min(start + CHUNK, all.size()))).add(mode),
          row ->
              live.put(
                  new StorageKey(
                      tenant, dialect.decode(row.getString(1)), dialect.decode(row.getString(2))),
                  new Live(row.getLong(3), row.getLong(4))),
          rows -> {});
    }
  }

  private Sql select(List<StorageKey> keys) {
    String columns = "select d.collection, d.id, d.version, d.created_ms from ";
    if (keys.size() == 1) {
      StorageKey key = keys.get(0);
      return Sql.of(
          columns
              + "document d where d.tenant = ? and d.collection = ? and d.id = ?"
              + " and coalesce(d.deleted_ms, 0) = 0",
          tenant.value(),
          key.collection(),
          key.id());
    }
    return Sql.of(
        columns
            + "unnest(?, ?) u(c, i) join document d on d.tenant = ? and d.collection = u.c"
            + " and d.id = u.i where coalesce(d.deleted_ms, 0) = 0 order by d.collection, d.id",
        Dialect.collections(keys),
        Dialect.ids(keys),
        tenant.value());
  }
}
