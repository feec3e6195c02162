package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Sql;
import org.muster.storage.Buried;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.Tombstone;
import org.muster.storage.TombstoneQuery;

/** Reads tombstones, and what lies below them; a statement each. */
final class TombstoneReader {
  private static final String COLUMNS =
      "select collection, id, version, deleted_ms, deleted_by, label";

  private final Dialect dialect;

  TombstoneReader(Dialect dialect) {
    this.dialect = dialect;
  }

  List<Tombstone> page(Connection connection, TombstoneQuery query) throws SQLException {
    List<Tombstone> tombstones = new ArrayList<>();
    try (PreparedStatement statement = dialect.prepare(connection, sql(query));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        tombstones.add(tombstone(query.tenant(), rows));
      }
    }
    return tombstones;
  }

  private Sql sql(TombstoneQuery query) {
    Sql sql = Sql.of(COLUMNS + " from document where tenant = ?", query.tenant().value());
    if (query instanceof TombstoneQuery.OfCollection of) {
      sql.add(" and collection = ? and deleted_ms is not null", of.collection());
      of.after().ifPresent(id -> sql.add(" and id > ?", id));
      sql.add(" order by tenant, collection, id");
    } else {
      sql.add(" and ").add(dialect.oldestTombstones());
    }
    return sql.add(" limit ?", query.limit());
  }

  Optional<Buried> buried(Connection connection, StorageKey key) throws SQLException {
    Sql sql =
        Sql.of(COLUMNS + ", created_ms, body from document")
            .add(Dialect.byKey(key))
            .add(" and coalesce(deleted_ms, 0) <> 0");
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Buried(
              tombstone(key.tenant(), row),
              Instant.ofEpochMilli(row.getLong(7)),
              Optional.ofNullable(row.getString(8)).map(JsonDocument::ofText)));
    }
  }

  private Tombstone tombstone(TenantId tenant, ResultSet row) throws SQLException {
    return new Tombstone(
        new StorageKey(tenant, dialect.decode(row.getString(1)), dialect.decode(row.getString(2))),
        new Version(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getString(5),
        row.getString(6));
  }
}
