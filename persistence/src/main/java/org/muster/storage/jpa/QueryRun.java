package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.muster.sql.Sql;
import org.muster.storage.DocumentOrder;
import org.muster.storage.Expression;
import org.muster.storage.Found;
import org.muster.storage.Query;
import org.muster.storage.Query.Position;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * Answers one query on one connection. What the database can decide and order it does; the rest is
 * read in chunks, in memory that does not grow with the number of documents.
 */
final class QueryRun {
  /** Documents that are read at once to be judged. */
  private static final int CHUNK = 500;

  private final Dialect dialect;
  private final Connection connection;
  private final Query query;
  private final Dialect.Scope scope;
  private final Condition condition;
  private final Residual residual;
  private long judged;

  QueryRun(Dialect dialect, Connection connection, Query query) throws SQLException {
    this.dialect = dialect;
    this.connection = connection;
    this.query = query;
    this.scope = new Dialect.Scope(query.tenant().value(), query.collection());
    this.condition = new FilterPlanner(dialect, connection, scope).plan(query.filter());
    this.residual = new Residual(dialect, connection, scope, query.filter());
  }

  Found page() throws SQLException {
    int limit = query.page().limit();
    if (limit == 0) {
      return new Found(List.of(), Optional.empty());
    }
    List<OrderedReader.Row> rows = query.order().path().indexed() ? inOrder() : sorted();
    boolean more = rows.size() > limit;
    List<OrderedReader.Row> page = more ? rows.subList(0, limit) : rows;
    List<Stored> items = page.stream().map(OrderedReader.Row::stored).toList();
    return new Found(
        new LinkReader(dialect).expand(connection, items, query.expand()),
        more ? Optional.of(page.get(limit - 1).position()) : Optional.empty());
  }

  private OrderedReader reader(Query.Order order) {
    return new OrderedReader(dialect, connection, scope, condition, order);
  }

  private Optional<Position> start() {
    return query.page() instanceof Query.Page.After after ? after.position() : Optional.empty();
  }

  private long offset() {
    return query.page() instanceof Query.Page.Offset page ? page.offset() : 0;
  }

  /** One more than the page wants, if there is one. */
  private List<OrderedReader.Row> inOrder() throws SQLException {
    OrderedReader reader = reader(query.order());
    int wanted = query.page().limit() + 1;
    if (condition.exact()) {
      return query.page() instanceof Query.Page.Offset
          ? reader.skipping(offset(), wanted)
          : reader.after(start(), wanted);
    }
    List<OrderedReader.Row> found = new ArrayList<>();
    long skip = offset();
    Optional<Position> place = start();
    boolean more = true;
    while (more && found.size() < wanted) {
      List<OrderedReader.Row> chunk = reader.after(place, CHUNK);
      more = chunk.size() == CHUNK;
      for (OrderedReader.Row row : satisfying(chunk)) {
        if (skip > 0) {
          skip--;
        } else if (found.size() < wanted) {
          found.add(row);
        }
      }
      place = last(chunk);
    }
    return found;
  }

  private static Optional<Position> last(List<OrderedReader.Row> chunk) {
    return chunk.isEmpty() ? Optional.empty() : Optional.of(chunk.get(chunk.size() - 1).position());
  }

  /** Those of a chunk that satisfy the filter; counts what had to be judged. */
  private List<OrderedReader.Row> satisfying(List<OrderedReader.Row> chunk) throws SQLException {
    List<Stored> doubtful =
        chunk.stream().filter(row -> !row.certain()).map(OrderedReader.Row::stored).toList();
    if (doubtful.isEmpty()) {
      return chunk;
    }
    countJudged(doubtful.size());
    Map<StorageKey, Stored> satisfying = new HashMap<>();
    residual.satisfying(doubtful).forEach(stored -> satisfying.put(stored.key(), stored));
    return chunk.stream()
        .filter(row -> row.certain() || satisfying.containsKey(row.stored().key()))
        .toList();
  }

  private void countJudged(int more) {
    judged += more;
    if (judged > query.scanLimit()) {
      throw new StorageException.TooLarge(
          "More than " + query.scanLimit() + " documents would have to be read");
    }
  }

  /**
   * By an order that only the documents know: all are read, and the places of those that are wanted
   * are kept.
   */
  private List<OrderedReader.Row> sorted() throws SQLException {
    DocumentOrder order = new DocumentOrder(query.order());
    long wanted = Math.addExact(offset(), query.page().limit() + 1L);
    PriorityQueue<Position> least = new PriorityQueue<>(order.reversed());
    OrderedReader reader = reader(Query.Order.BY_ID);
    Optional<Position> place = Optional.empty();
    List<OrderedReader.Row> chunk;
    do {
      chunk = reader.after(place, CHUNK);
      countJudged((int) chunk.stream().filter(OrderedReader.Row::certain).count());
      for (OrderedReader.Row row : satisfying(chunk)) {
        Position position = order.of(row.stored());
        if (start().isEmpty() || order.compare(position, start().get()) > 0) {
          least.add(position);
          if (least.size() > wanted) {
            least.remove();
          }
        }
      }
      place = last(chunk);
    } while (chunk.size() == CHUNK);
    List<Position> places = new ArrayList<>(least);
    places.sort(order);
    return load(places.subList((int) Math.min(offset(), places.size()), places.size()));
  }

  private List<OrderedReader.Row> load(List<Position> places) throws SQLException {
    if (places.isEmpty()) {
      return List.of();
    }
    Map<String, Stored> documents = new HashMap<>();
    List<StorageKey> keys = places.stream().map(place -> key(place.id())).toList();
    for (List<StorageKey> some : Dialect.byCollection(keys)) {
      Sql sql =
          Sql.of("select d.id, " + DocumentRows.COLUMNS + " from document d where ")
              .add(Dialect.among(some));
      try (PreparedStatement statement = dialect.prepare(connection, sql);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String id = dialect.decode(rows.getString(1));
          documents.put(id, DocumentRows.read(rows, key(id), 2));
        }
      }
    }
    List<OrderedReader.Row> found = new ArrayList<>();
    for (Position place : places) {
      Stored stored = documents.get(place.id());
      if (stored != null) { // else it was deleted meanwhile
        found.add(new OrderedReader.Row(stored, place, true));
      }
    }
    return found;
  }

  private StorageKey key(String id) {
    return new StorageKey(query.tenant(), query.collection(), id);
  }

  long count() throws SQLException {
    if (query.filter() instanceof Expression.All) {
      return number(
          Sql.of(
              "select coalesce(sum(n), 0) from document_count where tenant = ? and collection = ?",
              scope.tenant(),
              scope.collection()));
    }
    long certain =
        number(
            Sql.of("select count(*) from document d where ")
                .add(dialect.live(scope))
                .add(" and ")
                .add(condition.must()));
    return condition.exact() ? certain : certain + countDoubtful();
  }

  private long countDoubtful() throws SQLException {
    Sql between =
        Sql.of("(").add(condition.may()).add(" and ").add(Condition.not(condition.must())).add(")");
    OrderedReader reader =
        new OrderedReader(dialect, connection, scope, Condition.atMost(between), Query.Order.BY_ID);
    long count = 0;
    Optional<Position> place = Optional.empty();
    List<OrderedReader.Row> chunk;
    do {
      chunk = reader.after(place, CHUNK);
      count += satisfying(chunk).size();
      place = last(chunk);
    } while (chunk.size() == CHUNK);
    return count;
  }

  private long number(Sql sql) throws SQLException {
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Adds the documents of the next chunk, by id, that satisfy the filter; returns where to go on,
   * empty at the end.
   */
  Optional<Position> chunk(Optional<Position> after, List<Stored> found) throws SQLException {
    List<OrderedReader.Row> chunk = reader(Query.Order.BY_ID).after(after, CHUNK);
    List<Stored> items = satisfying(chunk).stream().map(OrderedReader.Row::stored).toList();
    found.addAll(new LinkReader(dialect).expand(connection, items, query.expand()));
    return chunk.size() == CHUNK ? last(chunk) : Optional.empty();
  }
}
