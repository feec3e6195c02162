package org.muster.storage.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/** How a document is read from a row. */
final class DocumentRows {
  /** What {@link #read} needs of a document {@code d}, besides its key. */
  static final String COLUMNS = "d.version, d.created_ms, d.modified_ms, d.label, d.body";

  private DocumentRows() {}

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
