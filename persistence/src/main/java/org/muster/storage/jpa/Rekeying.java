package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.storage.JsonDocument;
import org.muster.storage.Keys;
import org.muster.storage.Path;
import org.muster.storage.StorageKey;

/**
 * Makes the keys of documents anew that a migration has listed, without a change of the documents
 * or their versions. What is done is taken off the list, so that the next start goes on where this
 * one ended; a document that is written meanwhile has its keys already.
 */
final class Rekeying {
  private static final int CHUNK = 500;

  private final Dialect dialect;
  private final Connection connection;

  private record Listed(StorageKey key, long version, JsonDocument document) {}

  Rekeying(Dialect dialect, Connection connection) {
    this.dialect = dialect;
    this.connection = connection;
  }

  /** Does so for the collections whose paths are given. */
  void run(Map<String, List<Path>> paths) throws SQLException {
    for (Map.Entry<String, List<Path>> collection : paths.entrySet()) {
      List<Listed> chunk;
      do {
        chunk = next(collection.getKey());
        write(chunk, collection.getValue());
      } while (!chunk.isEmpty());
      remove(collection.getKey());
    }
  }

  private List<Listed> next(String collection) throws SQLException {
    Sql sql =
        Sql.of("select d.tenant, d.id, d.version, d.body from rekeying r join document d")
            .add(" on d.tenant = r.tenant and d.collection = r.collection and d.id = r.id")
            .add(" where r.collection = ? and coalesce(d.deleted_ms, 0) = 0", collection)
            .add(" order by r.collection, r.tenant, r.id limit ?", CHUNK);
    List<Listed> listed = new ArrayList<>();
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        StorageKey key =
            new StorageKey(
                TenantId.stored(dialect.decode(rows.getString(1))),
                collection,
                dialect.decode(rows.getString(2)));
        listed.add(new Listed(key, rows.getLong(3), JsonDocument.ofText(rows.getString(4))));
      }
    }
    return listed;
  }

  private void write(List<Listed> chunk, List<Path> paths) throws SQLException {
    Script script = new Script(dialect.sql());
    for (Listed each : chunk) {
      SortedMap<String, List<String>> keys = Keys.of(each.document(), paths);
      keys.replaceAll((path, values) -> values.stream().map(Folding::key).distinct().toList());
      dialect.rekey(script, each.key(), each.version(), keys);
    }
    for (Listed each : chunk) {
      script.add(Sql.of("delete from rekeying").add(Dialect.byKey(each.key())));
    }
    script.run(connection);
  }

  /** Those that were deleted meanwhile; a tombstone has no keys. */
  private void remove(String collection) throws SQLException {
    Script script = new Script(dialect.sql());
    script.add(Sql.of("delete from rekeying where collection = ?", collection));
    script.run(connection);
  }
}
