package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.muster.sql.Sql;
import org.muster.storage.Query.Position;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * Hands out documents that were found, so many bytes at a time, and reads those that were too large
 * to be read along only then. One that is changed in between is no longer certain to satisfy the
 * filter, one that is deleted is left out.
 */
final class Portions {
  private final Dialect dialect;
  private final Connection connection;
  private final List<OrderedReader.Row> rows;
  private final int bytes;
  private int handedOut;

  /**
   * The portions of some documents.
   *
   * @param bytes the most of a portion that is more than one document
   */
  Portions(Dialect dialect, Connection connection, List<OrderedReader.Row> rows, int bytes) {
    this.dialect = dialect;
    this.connection = connection;
    this.rows = rows;
    this.bytes = bytes;
  }

  boolean hasNext() {
    return handedOut < rows.size();
  }

  /** How many documents were in the portions so far, those included that were deleted. */
  int handedOut() {
    return handedOut;
  }

  /** The place of the last document of the portions so far. */
  Position last() {
    return rows.get(handedOut - 1).position();
  }

  List<OrderedReader.Row> next() throws SQLException {
    int start = handedOut;
    long sum = rows.get(handedOut++).bytes();
    while (hasNext() && sum + rows.get(handedOut).bytes() <= bytes) {
      sum += rows.get(handedOut++).bytes();
    }
    return read(rows.subList(start, handedOut));
  }

  private List<OrderedReader.Row> read(List<OrderedReader.Row> portion) throws SQLException {
    List<StorageKey> large =
        portion.stream().filter(row -> row.stored().isEmpty()).map(OrderedReader.Row::key).toList();
    if (large.isEmpty()) {
      return portion;
    }
    Map<StorageKey, Stored> documents = documents(large);
    List<OrderedReader.Row> read = new ArrayList<>();
    for (OrderedReader.Row row : portion) {
      Stored document = documents.get(row.key());
      if (row.stored().isPresent()) {
        read.add(row);
      } else if (document != null) {
        read.add(row.with(document));
      }
    }
    return read;
  }

  private Map<StorageKey, Stored> documents(List<StorageKey> keys) throws SQLException {
    Map<StorageKey, Stored> documents = new HashMap<>();
    StorageKey first = keys.get(0);
    Sql sql =
        Sql.of("select d.id, " + DocumentRows.COLUMNS + " from document d where ")
            .add(Dialect.among(keys));
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        StorageKey key =
            new StorageKey(first.tenant(), first.collection(), dialect.decode(result.getString(1)));
        documents.put(key, DocumentRows.read(result, key, 2));
      }
    }
    return documents;
  }
}
