package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.muster.kernel.Precondition;
import org.muster.sql.PostgresSql;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.storage.Change;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Indexed;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Path;
import org.muster.storage.StorageKey;

/** All in which one database differs from another. Stateless. */
abstract class Dialect {
  private static final String TO_OTHER_END = otherEnd("to");
  private static final String FROM_OTHER_END = otherEnd("from");
  private static final String MORE_FROM = moreAt("from");
  private static final String MORE_TO = moreAt("to");

  /** Most keys of one statement. */
  private static final int KEYS = 5_000;

  /** A document as it is about to be written; times in milliseconds. */
  record Row(Change.Put put, long version, long created, long modified) {
    StorageKey key() {
      return put.key();
    }
  }

  private final SqlDialect sql;

  Dialect(SqlDialect sql) {
    this.sql = sql;
  }

  /** The dialect of the database behind a connection. */
  static Dialect of(Connection connection) throws SQLException {
    SqlDialect sql = SqlDialect.of(connection);
    return sql instanceof PostgresSql ? new PostgresDialect() : new H2Dialect(sql);
  }

  /** What holds for all statements. */
  final SqlDialect sql() {
    return sql;
  }

  /** The folder of the migrations, and what operators read. */
  final String name() {
    return sql.name();
  }

  /** The form in which text that is compared or ordered is stored. */
  final String encode(String text) {
    return sql.encode(text);
  }

  /** The text of what {@link #encode} made. */
  final String decode(String stored) {
    return sql.decode(stored);
  }

  /** The end of a select that locks the rows of {@code d} against deletion. */
  abstract String forShare();

  /** The end of a select that locks the rows of {@code d} against changes. */
  abstract String forUpdate();

  /** A null of the body's type. */
  abstract String nullBody();

  /** Selects the last of the next blocks of versions. */
  final String nextVersions(int blocks) {
    return blocks == 1
        ? "select nextval('document_version')"
        : "select max(v) from (select nextval('document_version') as v from "
            + numbers(blocks)
            + ") s";
  }

  /** A table of so many rows. */
  abstract String numbers(int rows);

  /** Inserts a document if there is none, not even a tombstone, under its key: one row or none. */
  abstract void insert(Script script, Row row, Script.Handler handler);

  /** Makes a tombstone a document: one row or none. */
  abstract void revive(Script script, Row row, Script.Handler handler);

  /**
   * Rewrites a live document for which {@code expected} holds and returns the time it was created:
   * one row or none.
   */
  abstract void update(
      Script script,
      Row row,
      Precondition expected,
      Script.RowReader created,
      Script.Handler handler);

  /** Turns a live document for which {@code expected} holds into a tombstone: one row or none. */
  abstract void bury(
      Script script,
      Change.Delete delete,
      Precondition expected,
      long version,
      long now,
      Script.Handler handler);

  /**
   * Makes the tombstone of that version, if a document lies below it, that document and returns the
   * time it was created: one row or none.
   */
  abstract void restore(
      Script script,
      Change.Restore restore,
      long version,
      long now,
      Script.RowReader created,
      Script.Handler handler);

  /** Removes the tombstones, all of one collection, that have these versions. */
  abstract Sql purge(List<StorageKey> keys, Long[] versions);

  /** The condition that selects tombstones, with their order: the longest deleted first. */
  abstract String oldestTombstones();

  /** Replaces the keys of a live document that still has this version. */
  abstract void rekey(
      Script script, StorageKey key, long version, SortedMap<String, List<String>> keys);

  /** Replaces the keys of a document that is live and still at the version: one row or none. */
  abstract void reindex(Script script, Change.Reindex reindex, Script.Handler handler);

  /**
   * Waits for those who write documents that link to {@code target}, and keeps others from it, so
   * that the next statement sees which links are left. Nothing where writers take turns.
   */
  void lockSources(Script script, StorageKey target) {}

  /** Raises the version of every other document that links to {@code target}. */
  abstract Sql raiseSources(StorageKey target, long version, long now);

  /**
   * Removes the links to these documents of one collection, as far as they are there; reads
   * collection and id of the targets of those that were.
   */
  abstract void unlink(
      Script script,
      StorageKey from,
      String relation,
      List<StorageKey> targets,
      Script.RowReader removed,
      Script.Handler handler);

  /** Removes rows of the table of links, and reads these columns of them. */
  abstract void removed(Script script, Sql delete, String columns, Script.RowReader removed);

  /**
   * Joins the documents {@code u(c, i)} with at most so many of their links {@code l} each.
   *
   * @param near the end at which the documents are, "from" or "to"
   * @param far the other one
   * @param tenant an SQL expression of whose they are
   */
  abstract Sql joinLinks(String near, String far, Sql tenant, String relation, int limit);

  /** Joins the live document {@code o} at the other end of a link {@code l}. */
  static String otherEnd(Direction direction) {
    return direction == Direction.OUT ? TO_OTHER_END : FROM_OTHER_END;
  }

  private static String otherEnd(String far) {
    return String.format(
        " join document o on o.tenant = l.tenant and o.collection = l.%1$s_collection"
            + " and o.id = l.%1$s_id and coalesce(o.deleted_ms, 0) = 0",
        far);
  }

  /**
   * Joins {@code o.label} and what {@link #more} needs, of the live document at the other end.
   *
   * @param tenant whose the links are; empty if they are of several
   */
  Sql joinLabel(LinkSelector selector, Optional<String> tenant) {
    return Sql.of(otherEnd(selector.direction()));
  }

  /**
   * Adds links to these documents, as far as they are missing; reads collection and id of the
   * targets of those that were.
   */
  abstract void link(
      Script script,
      StorageKey from,
      String relation,
      List<StorageKey> targets,
      Script.RowReader added,
      Script.Handler handler);

  /** Adds links to these documents, as far as they are missing. */
  static Sql insertLinks(StorageKey from, String relation, List<StorageKey> targets) {
    return Sql.of(
            "insert into link (tenant, relation, from_collection, from_id, to_collection, to_id)"
                + " select ?, ?, ?, ?, u.c, u.i",
            from.tenant().value(),
            relation,
            from.collection(),
            from.id())
        .add(
            " from unnest(?, ?) u(c, i) on conflict do nothing",
            collections(targets),
            ids(targets));
  }

  /** The expression whether {@code o} has links of the same relation in the same direction. */
  String more(Direction direction) {
    return direction == Direction.OUT ? MORE_FROM : MORE_TO;
  }

  /** Whether the document {@code o} has links at its end. */
  private static String moreAt(String near) {
    return String.format(
        "exists (select 1 from link n where n.tenant = o.tenant and n.relation = l.relation"
            + " and n.%1$s_id = o.id and n.%1$s_collection = o.collection)",
        near);
  }

  /** Adds to the counter of a collection. */
  abstract Sql count(String tenant, String collection, long more);

  /** The tables that hold rows of tenants, those that refer to others first. */
  abstract List<String> tables();

  /**
   * Removes some of the rows that a tenant has in a table.
   *
   * @param which a further condition, with " and " before it, or nothing
   */
  abstract Sql erase(String table, String tenant, String which, int most);

  /** Removes some of those rows that are not about what the server keeps for itself. */
  final Sql eraseTold(String table, String tenant, int most) {
    String collection = table.startsWith("link") ? "from_collection" : "collection";
    return erase(table, tenant, " and " + collection + " not like '$%'", most);
  }

  /** Creates what searching by these paths needs and is not there yet. */
  abstract void prepare(Connection connection, Map<String, List<Path>> paths) throws SQLException;

  /**
   * Creates the index of one path while others write, not in a transaction; see {@link
   * JpaStorage#index}.
   */
  abstract Indexed index(Connection connection, String collection, Path path, int most)
      throws SQLException;

  /** A comparison of the keys of an indexed path of document {@code d}; the operand is not long. */
  abstract Sql compare(Scope scope, Path path, Operator operator, String operand);

  /**
   * What stands behind FROM, for the documents {@code d} that a {@link Lookup} wants; empty where
   * lookups can't be gathered, or need not be.
   *
   * @param tenant an SQL expression of whose they are
   * @param value an SQL expression of the value
   */
  abstract Optional<Sql> lookup(Sql tenant, String collection, Path path, String value);

  /** Whether the document {@code d} has a key that is not empty. */
  abstract Sql present(Scope scope, Path path);

  /** Whether the document {@code d} has a key that may have been cut. */
  abstract Sql cut(Scope scope, Path path);

  /** How documents that have a key of this path are read in its order. */
  abstract Sorting sorting(Scope scope, Path path);

  /** The key of a path that document {@code d} is ordered by, or null. */
  abstract Sql sortKey(Path path);

  /** The order by id of documents that have no key of this path. */
  abstract Sql orderWithoutKey(Path path);

  /**
   * Where documents are read from in an order.
   *
   * @param from what stands behind FROM; yields each document {@code d} once
   * @param value the sort key
   * @param order what stands first behind ORDER BY, so that an index is used; constant
   */
  record Sorting(Sql from, Sql value, String order) {}

  /** What the documents of one query have in common. */
  record Scope(String tenant, String collection) {}

  /**
   * The condition that a document {@code d} is live and of the scope, for a search. The collection
   * is a literal, for the sake of indexes that are of one collection only.
   */
  final Sql live(Scope scope) {
    return live(tenant(scope.tenant()), scope.collection());
  }

  /** The same, of a tenant that an SQL expression names. */
  final Sql live(Sql tenant, String collection) {
    return Sql.of("d.tenant = ")
        .add(tenant)
        .add(" and d.collection = ")
        .add(Sql.literal(encode(collection)))
        .add(" and d.deleted_ms is null");
  }

  /** The SQL expression of one tenant. */
  static Sql tenant(String name) {
    return Sql.of("?", name);
  }

  /**
   * The condition that a document {@code d} is live and of the scope, where it is found by its id.
   * It is in words that no partial index has, since without statistics PostgreSQL may take any
   * index that begins with the tenant for as good as the primary key.
   */
  static Sql liveById(Scope scope) {
    return liveById(tenant(scope.tenant()), scope.collection());
  }

  /** The same, of a tenant that an SQL expression names. */
  static Sql liveById(Sql tenant, String collection) {
    return Sql.of("d.tenant = ")
        .add(tenant)
        .add(" and d.collection = ? and coalesce(d.deleted_ms, 0) = 0", collection);
  }

  /** The condition of an update that {@code expected} holds for the live document. */
  static Sql holds(Precondition expected) {
    return expected instanceof Precondition.At at
        ? Sql.of(" and version = ?", at.version().value())
        : new Sql();
  }

  static Sql byKey(StorageKey key) {
    return Sql.of(
        " where tenant = ? and collection = ? and id = ?",
        key.tenant().value(),
        key.collection(),
        key.id());
  }

  /** The condition that a document {@code d} is one of these, all of one collection, and live. */
  static Sql among(List<StorageKey> keys) {
    StorageKey first = keys.get(0);
    Scope scope = new Scope(first.tenant().value(), first.collection());
    return keys.size() == 1
        ? liveById(scope).add(" and d.id = ?", first.id())
        : liveById(scope).add(" and d.id = any(?)", (Object) ids(keys));
  }

  /** The keys by collection, in chunks that a statement can take, all in their order. */
  static List<List<StorageKey>> byCollection(Collection<StorageKey> keys) {
    Map<String, List<StorageKey>> collections = new LinkedHashMap<>();
    for (StorageKey key : keys) {
      collections.computeIfAbsent(key.collection(), name -> new ArrayList<>()).add(key);
    }
    List<List<StorageKey>> chunks = new ArrayList<>();
    for (List<StorageKey> all : collections.values()) {
      for (int start = 0; start < all.size(); start += KEYS) {
        chunks.add(all.subList(start, Math.min(start + KEYS, all.size())));
      }
    }
    return chunks;
  }

  static String[] collections(Collection<StorageKey> keys) {
    return keys.stream().map(StorageKey::collection).toArray(String[]::new);
  }

  static String[] ids(Collection<StorageKey> keys) {
    return keys.stream().map(StorageKey::id).toArray(String[]::new);
  }

  /** Prepares a statement and sets its parameters. */
  final PreparedStatement prepare(Connection connection, Sql statement) throws SQLException {
    return sql.prepare(connection, statement);
  }

  /** A pattern of LIKE (escape '!') that matches what contains {@code text} at the given ends. */
  static String like(boolean openStart, String text, boolean openEnd) {
    String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return (openStart ? "%" : "") + escaped + (openEnd ? "%" : "");
  }

  /** A comparison of one value, an SQL expression, with an operand. */
  static Sql test(String value, Operator operator, String operand) {
    return switch (operator) {
      case EQ -> Sql.of(value + " = ?", operand);
      case NE -> Sql.of(value + " <> ?", operand);
      case CONTAINS -> Sql.of(value + " like ? escape '!'", like(true, operand, true));
      case ENDS_WITH -> Sql.of(value + " like ? escape '!'", like(true, operand, false));
      case STARTS_WITH ->
          operand.isEmpty()
              ? Sql.of(value + " is not null")
              : successor(operand)
                  .map(end -> Sql.of("(" + value + " >= ? and " + value + " < ?)", operand, end))
                  .orElseGet(() -> Sql.of(value + " >= ?", operand));
      case GREATER -> Sql.of(value + " > ?", operand);
      case GREATER_OR_EQUAL -> Sql.of(value + " >= ?", operand);
      case LESS -> Sql.of(value + " < ?", operand);
      case LESS_OR_EQUAL -> Sql.of(value + " <= ?", operand);
    };
  }

  /** The least text by code point that is behind all texts that start with {@code prefix}. */
  static Optional<String> successor(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last == 0xD7FF ? 0xE000 : last + 1;
        return Optional.of(prefix.substring(0, end) + Character.toString(next));
      }
    }
    return Optional.empty();
  }
}
