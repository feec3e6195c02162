package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Sql;
import org.muster.storage.Keys;
import org.muster.storage.Path;
import org.muster.storage.Query;
import org.muster.storage.Query.Position;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.TimeKeys;

/**
 * Reads documents in an order that the database knows, a chunk at a time; of those that are too
 * large only that they are there. The order is cut into segments, each of which an index yields in
 * order: the documents with the value of the cursor, those behind it, those without a value.
 */
final class OrderedReader {
  /**
   * A document that was found.
   *
   * @param stored empty if it is too large to be read along
   * @param bytes about how long its text is
   * @param certain whether the database knows that it satisfies the filter
   */
  record Row(
      StorageKey key,
      Version version,
      Optional<Stored> stored,
      int bytes,
      Position position,
      boolean certain) {

    /** The same, of which the document is known. */
    Row with(Stored read) {
      return new Row(
          key,
          version,
          Optional.of(read),
          bytes,
          position,
          certain && read.version().equals(version));
    }
  }

  private enum Kind {
    ID,
    TIME,
    KEY
  }

  private final Dialect dialect;
  private final Connection connection;
  private final Dialect.Scope scope;
  private final Condition condition;
  private final Path path;
  private final boolean descending;
  private final Kind kind;
  private final int bytes;

  /**
   * A reader of the documents of a scope.
   *
   * @param bytes the most that it reads of documents at once
   */
  OrderedReader(
      Dialect dialect,
      Connection connection,
      Dialect.Scope scope,
      Condition condition,
      Query.Order order,
      int bytes) {
    this.dialect = dialect;
    this.connection = connection;
    this.scope = scope;
    this.condition = condition;
    this.path = order.path();
    this.descending = order.descending();
    this.bytes = bytes;
    this.kind = !path.isColumn() ? Kind.KEY : isId() ? Kind.ID : Kind.TIME;
  }

  private boolean isId() {
    return path.name().equals(Path.ID.name());
  }

  /** At most {@code limit} documents behind a place. */
  List<Row> after(Optional<Position> position, int limit) throws SQLException {
    List<Row> rows = new ArrayList<>();
    if (kind == Kind.ID) {
      byId(position, limit, rows);
    } else if (kind == Kind.TIME) {
      byValue(source(), position, limit, rows);
    } else if (descending) {
      if (position.isEmpty() || position.get().sortKey().isEmpty()) {
        withoutValue(position, limit, rows);
      }
      byValue(source(), position.filter(place -> place.sortKey().isPresent()), limit, rows);
    } else {
      if (position.isEmpty() || position.get().sortKey().isPresent()) {
        byValue(source(), position, limit, rows);
      }
      withoutValue(position.filter(place -> place.sortKey().isEmpty()), limit, rows);
    }
    return rows;
  }

  /** At most {@code limit} documents after the first {@code offset} ones. */
  List<Row> skipping(long offset, int limit) throws SQLException {
    if (offset == 0) {
      return after(Optional.empty(), limit);
    }
    Optional<Position> last = place(offset);
    return last.isPresent() ? after(last, limit) : List.of();
  }

  /** The place of a document by its number, from 1; the documents before it are not read. */
  private Optional<Position> place(long number) throws SQLException {
    Sql value = kind == Kind.KEY ? dialect.sortKey(path) : Sql.of(column());
    Sql order =
        kind == Kind.ID
            ? byIdOrder()
            : new Sql()
                .add(value)
                .add(descending ? " desc nulls first" : " nulls last")
                .add(", d.id");
    Sql sql =
        new Sql()
            .add("select d.id, ")
            .add(value)
            .add(" from document d where ")
            .add(dialect.live(scope))
            .add(" and ")
            .add(condition.may())
            .add(" order by ")
            .add(order)
            .add(" limit 1 offset ?", number - 1);
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet result = statement.executeQuery()) {
      return result.next()
          ? Optional.of(position(result, dialect.decode(result.getString(1)), 2))
          : Optional.empty();
    }
  }

  private Dialect.Sorting source() {
    return kind == Kind.KEY
        ? dialect.sorting(scope, path)
        : new Dialect.Sorting(Sql.of("document d"), Sql.of(column()), "");
  }

  private String column() {
    return kind == Kind.ID ? "d.id" : FilterPlanner.column(path);
  }

  private Sql byIdOrder() {
    return Sql.of(descending ? "d.id desc" : "d.tenant, d.collection, d.id");
  }

  private void byId(Optional<Position> position, int limit, List<Row> rows) throws SQLException {
    Sql behind =
        position
            .map(place -> Sql.of(" and d.id " + (descending ? "<" : ">") + " ?", place.id()))
            .orElseGet(Sql::new);
    read(Sql.of("document d"), Sql.of("d.id"), behind, byIdOrder(), limit, rows);
  }

  private void byValue(
      Dialect.Sorting source, Optional<Position> position, int limit, List<Row> rows)
      throws SQLException {
    String value = source.value().text();
    String direction = descending ? " desc" : "";
    Sql order = new Sql().add(source.order()).add(source.value()).add(direction + ", d.id");
    Sql behind = new Sql().add(" and ").add(source.value()).add(" is not null");
    if (position.isPresent()) {
      Object last = parameter(position.get().sortKey().orElseThrow());
      Sql ties =
          new Sql()
              .add(" and ")
              .add(source.value())
              .add(" = ? and d.id > ?", last, position.get().id());
      read(source.from(), source.value(), ties, Sql.of("d.id"), limit, rows);
      behind =
          new Sql().add(" and ").add(source.value()).add((descending ? " <" : " >") + " ?", last);
    } else if (kind == Kind.TIME || value.equals("k.folded")) {
      behind = new Sql();
    }
    read(source.from(), source.value(), behind, order, limit, rows);
  }

  private void withoutValue(Optional<Position> position, int limit, List<Row> rows)
      throws SQLException {
    Sql value = dialect.sortKey(path);
    Sql behind = new Sql().add(" and ").add(value).add(" is null");
    position.ifPresent(place -> behind.add(" and d.id > ?", place.id()));
    read(Sql.of("document d"), value, behind, dialect.orderWithoutKey(path), limit, rows);
  }

  /**
   * A sort key of a time is turned into milliseconds; one that is none leaves nothing behind it.
   */
  private Object parameter(String sortKey) {
    return kind == Kind.TIME
        ? TimeKeys.instant(sortKey)
            .map(Instant::toEpochMilli)
            .orElseThrow(() -> new IllegalArgumentException("Not the sort key of a time"))
        : sortKey;
  }

  /** Fills {@code rows} up to {@code limit}. */
  private void read(Sql from, Sql value, Sql behind, Sql order, int limit, List<Row> rows)
      throws SQLException {
    int wanted = limit - rows.size();
    if (wanted <= 0) {
      return;
    }
    Sql sql =
        new Sql()
            .add("select d.id, ")
            .add(DocumentRows.columns(bytes / limit))
            .add(", ")
            .add(value)
            .add(", ")
            .add(condition.exact() ? Sql.of("true") : certain())
            .add(" from ")
            .add(from)
            .add(" where ")
            .add(dialect.live(scope))
            .add(" and ")
            .add(condition.may())
            .add(behind)
            .add(" order by ")
            .add(order)
            .add(" limit ?", wanted);
    TenantId tenant = TenantId.stored(scope.tenant());
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        StorageKey key =
            new StorageKey(tenant, scope.collection(), dialect.decode(result.getString(1)));
        rows.add(row(result, key, position(result, key.id(), 8), result.getBoolean(9)));
      }
    }
  }

  private static Row row(ResultSet result, StorageKey key, Position position, boolean certain)
      throws SQLException {
    Optional<Stored> stored = DocumentRows.readSmall(result, key, 2);
    int length = stored.map(small -> small.document().text().length()).orElse(0);
    return new Row(
        key,
        new Version(result.getLong(2)),
        stored,
        Math.max(length, result.getInt(7)),
        position,
        certain);
  }

  /** The documents at these places that are still there. */
  List<Row> at(List<Position> places) throws SQLException {
    TenantId tenant = TenantId.stored(scope.tenant());
    Map<String, Position> byId = new LinkedHashMap<>();
    places.forEach(place -> byId.put(place.id(), place));
    Map<String, Row> found = new HashMap<>();
    List<StorageKey> keys =
        places.stream()
            .map(place -> new StorageKey(tenant, scope.collection(), place.id()))
            .toList();
    for (List<StorageKey> some : Dialect.byCollection(keys)) {
      Sql sql =
          Sql.of("select d.id, ")
              .add(DocumentRows.columns(bytes / places.size()))
              .add(" from document d where ")
              .add(Dialect.among(some));
      try (PreparedStatement statement = dialect.prepare(connection, sql);
          ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          StorageKey key =
              new StorageKey(tenant, scope.collection(), dialect.decode(result.getString(1)));
          Position place = byId.get(key.id());
          if (place != null) {
            found.put(key.id(), row(result, key, place, true));
          }
        }
      }
    }
    return places.stream().map(place -> found.get(place.id())).filter(Objects::nonNull).toList();
  }

  private Sql certain() {
    return Sql.of("(").add(condition.must()).add(") is true");
  }

  private Position position(ResultSet row, String id, int column) throws SQLException {
    return new Position(Optional.ofNullable(sortKey(row, column)), id);
  }

  private @Nullable String sortKey(ResultSet row, int column) throws SQLException {
    if (kind == Kind.ID) {
      return null;
    }
    if (kind == Kind.TIME) {
      return Keys.dateTime(Instant.ofEpochMilli(row.getLong(column)));
    }
    String stored = row.getString(column);
    return stored == null ? null : dialect.decode(stored);
  }
}
