package org.muster.storage.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.muster.kernel.Version;
import org.muster.sql.Sql;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** How a document is read from a row. */
final class DocumentRows {
  /** What {@link #read} needs of a document {@code d}, besides its key. */
  static final String COLUMNS = "d.version, d.created_ms, d.modified_ms, d.label, d.body";

  private static final String BYTES = "octet_length(cast(d.body as varchar))";

  private DocumentRows() {}

  /**
   * The same, with the body only if it has at most so many bytes, and behind it how many it has.
   */
  static Sql columns(int most) {
    return most >= JsonDocument.MAX_BYTES
        ? Sql.of(COLUMNS + ", 0")
        : Sql.of("d.version, d.created_ms, d.modified_ms, d.label, case when " + BYTES)
            .add(" <= ? then d.body end, " + BYTES, most);
  }

  /** Reads these columns from {@code first} on; empty if the body was left out. */
  static Optional<Stored> readSmall(ResultSet row, StorageKey key, int first) throws SQLException {
    return row.getString(first + 4) == null && row.getInt(first + 5) > 0
        ? Optional.empty()
        : Optional.of(read(row, key, first));
  }

  /** Reads the columns from {@code first} on. */
  static Stored read(ResultSet row, StorageKey key, int first) throws SQLException {
    String body = row.getString(first + 4);
    if (body == null) {
      throw new StorageException.Corrupt("A live document has no body");
    }
    return new Stored(
        key,
        new Version(row.getLong(first)),
        Instant.ofEpochMilli(row.getLong(first + 1)),
        Instant.ofEpochMilli(row.getLong(first + 2)),
        row.getString(first + 3),
        JsonDocument.ofText(body),
        List.of());
  }
}
