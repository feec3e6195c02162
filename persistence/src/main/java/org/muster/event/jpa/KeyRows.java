package org.muster.event.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.SubjectKey;
import org.muster.kernel.TenantId;
import org.muster.sql.SqlDialect;
import org.muster.storage.StorageKey;

/** Rows of keys of subjects; for one thread. */
final class KeyRows {
  /** What is read of {@code k}. */
  static final String COLUMNS =
      "k.tenant, k.collection, k.id, k.secret, k.destroyed_ms, k.destroyed_by";

  private final SqlDialect dialect;
  private final KeyWrapping wrapping;
  private final Map<StorageKey, SubjectKey> keys = new HashMap<>();

  KeyRows(SqlDialect dialect, KeyWrapping wrapping) {
    this.dialect = dialect;
    this.wrapping = wrapping;
  }

  void add(ResultSet row) throws SQLException {
    StorageKey subject = subject(dialect, row);
    byte[] secret = row.getBytes(4);
    keys.put(
        subject,
        secret == null
            ? new SubjectKey.Destroyed(Instant.ofEpochMilli(row.getLong(5)), row.getString(6))
            : new SubjectKey.Kept(wrapping.unwrap(subject, secret)));
  }

  /** Whose key a row is. */
  static StorageKey subject(SqlDialect dialect, ResultSet row) throws SQLException {
    return new StorageKey(
        new TenantId(dialect.decode(row.getString(1))),
        dialect.decode(row.getString(2)),
        dialect.decode(row.getString(3)));
  }

  Map<StorageKey, SubjectKey> keys() {
    return keys;
  }
}
