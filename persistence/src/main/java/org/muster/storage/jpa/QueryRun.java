package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
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
 * read in chunks, in memory that grows neither with the number of documents nor with their size.
 */
final class QueryRun {
  /** Documents that are read at once to be judged. */
  static final int CHUNK = 500;

  /** The most bytes of documents that are judged at once. */
  private static final int JUDGED_BYTES = 2 << 20;

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

  /** Some documents in their order, and the place of the last if there are more behind it. */
  private record Part(List<OrderedReader.Row> rows, Optional<Position> next) {}

  /** Documents of the next chunk of a scan. */
  record Chunk(List<Stored> items, Optional<Position> next, int read) {}

  /** Takes documents, until it wants no more. */
  @FunctionalInterface
  private interface Taker {
    boolean take(OrderedReader.Row row);
  }

  Found page() throws SQLException {
    if (query.page().limit() == 0) {
      return new Found(List.of(), Optional.empty());
    }
    Part part = query.order().path().indexed() ? inOrder() : sorted();
    return new Found(expanded(part.rows()), part.next());
  }

  private List<Stored> expanded(List<OrderedReader.Row> rows) throws SQLException {
    List<Stored> items = rows.stream().flatMap(row -> row.stored().stream()).toList();
    return new LinkReader(dialect).expand(connection, items, query.expand());
  }

  private OrderedReader reader(Condition which, Query.Order order, int bytes) {
    return new OrderedReader(dialect, connection, scope, which, order, bytes);
  }

  private Optional<Position> start() {
    return query.page() instanceof Query.Page.After after ? after.position() : Optional.empty();
  }

  private long offset() {
    return query.page() instanceof Query.Page.Offset page ? page.offset() : 0;
  }

  private Part inOrder() throws SQLException {
    if (!condition.exact()) {
      return judged();
    }
    OrderedReader reader = reader(condition, query.order(), Query.Page.MAX_BYTES);
    int limit = query.page().limit();
    List<OrderedReader.Row> rows =
        query.page() instanceof Query.Page.Offset
            ? reader.skipping(offset(), limit + 1)
            : reader.after(start(), limit + 1);
    boolean more = rows.size() > limit;
    return first(more ? rows.subList(0, limit) : rows, more);
  }

  /** As many of the documents as a page may have. */
  private Part first(List<OrderedReader.Row> rows, boolean more) throws SQLException {
    if (rows.isEmpty()) {
      return new Part(List.of(), Optional.empty());
    }
    Portions portions = new Portions(dialect, connection, rows, Query.Page.MAX_BYTES);
    List<OrderedReader.Row> page = satisfying(portions.next());
    return new Part(
        page, more || portions.hasNext() ? Optional.of(portions.last()) : Optional.empty());
  }

  /** By an order that the database knows, and a filter that it does not. */
  private Part judged() throws SQLException {
    PageFill page = new PageFill(offset(), query.page().limit());
    OrderedReader reader = reader(condition, query.order(), JUDGED_BYTES);
    boolean complete = forEach(reader, start(), false, page::take);
    return new Part(page.rows(), complete ? Optional.empty() : Optional.of(page.last()));
  }

  /**
   * Hands over the documents behind a place that satisfy the filter.
   *
   * @param countAll whether all that are read count as judged
   * @return whether all were taken
   */
  private boolean forEach(
      OrderedReader reader, Optional<Position> start, boolean countAll, Taker taker)
      throws SQLException {
    Optional<Position> place = start;
    List<OrderedReader.Row> chunk;
    do {
      chunk = reader.after(place, CHUNK);
      Portions portions = new Portions(dialect, connection, chunk, JUDGED_BYTES);
      while (portions.hasNext()) {
        List<OrderedReader.Row> portion = portions.next();
        place = Optional.of(portions.last());
        if (countAll) {
          countJudged(portion.stream().filter(OrderedReader.Row::certain).count());
        }
        for (OrderedReader.Row row : satisfying(portion)) {
          if (!taker.take(row)) {
            return false;
          }
        }
      }
    } while (chunk.size() == CHUNK);
    return true;
  }

  /** Those of a chunk that satisfy the filter; counts what had to be judged. */
  private List<OrderedReader.Row> satisfying(List<OrderedReader.Row> chunk) throws SQLException {
    List<Stored> doubtful =
        chunk.stream().filter(row -> !row.certain()).flatMap(row -> row.stored().stream()).toList();
    if (doubtful.isEmpty()) {
      return chunk;
    }
    countJudged(doubtful.size());
    Set<StorageKey> satisfying = new HashSet<>();
    residual.satisfying(doubtful).forEach(stored -> satisfying.add(stored.key()));
    return chunk.stream().filter(row -> row.certain() || satisfying.contains(row.key())).toList();
  }

  private void countJudged(long more) {
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
  private Part sorted() throws SQLException {
    DocumentOrder order = new DocumentOrder(query.order());
    int limit = query.page().limit();
    long wanted = Math.addExact(offset(), limit + 1L);
    PriorityQueue<Position> least = new PriorityQueue<>(order.reversed());
    OrderedReader reader = reader(condition, Query.Order.BY_ID, JUDGED_BYTES);
    forEach(
        reader,
        Optional.empty(),
        true,
        row -> {
          Position position = order.of(row.stored().orElseThrow());
          if (start().isEmpty() || order.compare(position, start().get()) > 0) {
            least.add(position);
            if (least.size() > wanted) {
              least.remove();
            }
          }
          return true;
        });
    List<Position> places = new ArrayList<>(least);
    places.sort(order);
    places = places.subList((int) Math.min(offset(), places.size()), places.size());
    boolean more = places.size() > limit;
    return load(more ? places.subList(0, limit) : places, more);
  }

  private Part load(List<Position> places, boolean more) throws SQLException {
    if (places.isEmpty()) {
      return new Part(List.of(), Optional.empty());
    }
    OrderedReader reader = reader(condition, Query.Order.BY_ID, Query.Page.MAX_BYTES);
    List<OrderedReader.Row> rows = reader.at(places);
    Part part = first(rows, more);
    return rows.isEmpty() && more
        ? new Part(List.of(), Optional.of(places.get(places.size() - 1)))
        : part;
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
    long[] count = new long[1];
    forEach(
        reader(Condition.atMost(between), Query.Order.BY_ID, JUDGED_BYTES),
        Optional.empty(),
        false,
        row -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  private long number(Sql sql) throws SQLException {
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * The next documents, by id, that satisfy the filter, and where to go on; that is nowhere at the
   * end.
   *
   * @param most how many documents are read
   */
  Chunk chunk(Optional<Position> after, int most) throws SQLException {
    List<OrderedReader.Row> rows =
        reader(condition, Query.Order.BY_ID, JUDGED_BYTES).after(after, most);
    if (rows.isEmpty()) {
      return new Chunk(List.of(), Optional.empty(), 0);
    }
    Portions portions = new Portions(dialect, connection, rows, JUDGED_BYTES);
    List<Stored> items = expanded(satisfying(portions.next()));
    boolean more = rows.size() == most || portions.hasNext();
    return new Chunk(
        items, more ? Optional.of(portions.last()) : Optional.empty(), portions.handedOut());
  }
}
