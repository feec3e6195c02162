package org.muster.storage.jpa;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.muster.kernel.Precondition;
import org.muster.sql.PostgresSql;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.storage.Change;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Indexed;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Path;
import org.muster.storage.StorageKey;

/**
 * PostgreSQL: keys in a jsonb column beside the document, searched by expression indexes; several
 * statements in one round trip.
 */
final class PostgresDialect extends Dialect {
  private static final String LINKS_OUT = links("from", "to");
  private static final String LINKS_IN = links("to", "from");
  private static final String LABEL_TO = label("to", "");
  private static final String LABEL_FROM = label("from", "");
  private static final String LABEL_AND_MORE_TO = label("to", more("from"));
  private static final String LABEL_AND_MORE_FROM = label("from", more("to"));

  private static final String LABEL_AND_LINKS_TO = label("to", ", " + links("from") + " as more");
  private static final String LABEL_AND_LINKS_FROM = label("from", ", " + links("to") + " as more");

  private static final String CREATE = "create index if not exists ";
  private static final String INDEXES =
      " from pg_index i join pg_class c on c.oid = i.indexrelid"
          + " where i.indrelid = 'document'::regclass";
  private static final String VALID = "select exists (select 1" + INDEXES + " and %s)";
  private static final String COUNT =
      "select count(*) >= %d" + INDEXES + " and c.relname ~ '^(key|sort)_'";

  private static final String COLUMNS =
      " set version = ?, created_ms = ?, modified_ms = ?, label = ?, body = ?::json,"
          + " keys = ?::jsonb";

  PostgresDialect() {
    super(new PostgresSql());
  }

  /** A weaker lock would let the update pass that turns the document into a tombstone. */
  @Override
  String forShare() {
    return " for share of d";
  }

  @Override
  String forUpdate() {
    return " for no key update of d";
  }

  @Override
  String numbers(int rows) {
    return "generate_series(1, " + rows + ")";
  }

  @Override
  String nullBody() {
    return "null::json";
  }

  @Override
  void insert(Script script, Row row, Script.Handler handler) {
    StorageKey key = row.key();
    script.add(
        Sql.of(
                "insert into document (tenant, collection, id, version, created_ms, modified_ms,"
                    + " label, body, keys) values (?, ?, ?, ",
                key.tenant().value(),
                key.collection(),
                key.id())
            .add("?, ?, ?, ?, ", row.version(), row.created(), row.modified(), row.put().label())
            .add("?::json, ?::jsonb) on conflict do nothing", body(row), keys(row)),
        handler);
  }

  @Override
  void revive(Script script, Row row, Script.Handler handler) {
    script.add(
        Sql.of("update document" + COLUMNS, row.version(), row.created(), row.modified())
            .add(", deleted_ms = null, deleted_by = null", label(row), body(row), keys(row))
            .add(byKey(row.key()))
            .add(" and coalesce(deleted_ms, 0) <> 0"),
        handler);
  }

  @Override
  void update(
      Script script,
      Row row,
      Precondition expected,
      Script.RowReader created,
      Script.Handler handler) {
    script.add(
        Sql.of(
                "update document set version = ?, modified_ms = ?, label = ?, body = ?::json,"
                    + " keys = ?::jsonb",
                row.version(),
                row.modified(),
                label(row),
                body(row),
                keys(row))
            .add(byKey(row.key()))
            .add(holds(expected))
            .add(" and coalesce(deleted_ms, 0) = 0 returning created_ms"),
        created,
        handler);
  }

  @Override
  void reindex(Script script, Change.Reindex reindex, Script.Handler handler) {
    script.add(
        Sql.of("update document set keys = ?::jsonb", new Sql.Verbatim(json(reindex.keys())))
            .add(byKey(reindex.key()))
            .add(" and version = ? and coalesce(deleted_ms, 0) = 0", reindex.version().value()),
        handler);
  }

  @Override
  void bury(
      Script script,
      Change.Delete delete,
      Precondition expected,
      long version,
      long now,
      Script.Handler handler) {
    script.add(
        Sql.of(
                "update document set version = ?, modified_ms = ?, deleted_ms = ?, deleted_by = ?,"
                    + " keys = null",
                version,
                now,
                now,
                new Sql.Verbatim(delete.actor()))
            .add(byKey(delete.key()))
            .add(holds(expected))
            .add(" and coalesce(deleted_ms, 0) = 0"),
        handler);
  }

  @Override
  void restore(
      Script script,
      Change.Restore restore,
      long version,
      long now,
      Script.RowReader created,
      Script.Handler handler) {
    script.add(
        Sql.of("update document set version = ?, modified_ms = ?, label = ?, keys = ?::jsonb,")
            .add(" deleted_ms = null, deleted_by = null")
            .with(version, now, new Sql.Verbatim(restore.label()))
            .with(new Sql.Verbatim(json(restore.keys())))
            .add(byKey(restore.key()))
            .add(" and version = ?", restore.tombstone().value())
            .add(" and coalesce(deleted_ms, 0) <> 0 and body is not null returning created_ms"),
        created,
        handler);
  }

  @Override
  Sql purge(List<StorageKey> keys, Long[] versions) {
    StorageKey first = keys.get(0);
    return Sql.of("delete from document d using unnest(?, ?) u(i, v)", ids(keys), versions)
        .add(" where d.tenant = ? and d.collection = ?", first.tenant().value(), first.collection())
        .add(" and d.id = u.i and d.version = u.v and coalesce(d.deleted_ms, 0) <> 0");
  }

  @Override
  String oldestTombstones() {
    return "deleted_ms is not null order by deleted_ms, collection, id";
  }

  @Override
  void rekey(Script script, StorageKey key, long version, SortedMap<String, List<String>> keys) {
    script.add(
        Sql.of("update document set keys = ?::jsonb", new Sql.Verbatim(json(keys)))
            .add(byKey(key))
            .add(" and version = ? and coalesce(deleted_ms, 0) = 0", version));
  }

  /** The arrays lead to the primary key whatever the statistics say. */
  /** A statement of its own: the next one sees what those have done for whom it waited. */
  @Override
  void lockSources(Script script, StorageKey target) {
    script.add(
        Sql.of("select 1 from document d where ")
            .add(isSource(target))
            .add(" order by d.collection, d.id for no key update"));
  }

  @Override
  Sql raiseSources(StorageKey target, long version, long now) {
    return Sql.of("update document d set version = ?, modified_ms = ? where ", version, now)
        .add(isSource(target))
        .add(" and d.version <> ? and coalesce(d.deleted_ms, 0) = 0", version);
  }

  private static Sql isSource(StorageKey target) {
    Sql sources =
        Sql.of(
            " from link l where l.tenant = ? and l.to_id = ? and l.to_collection = ?",
            target.tenant().value(),
            target.id(),
            target.collection());
    return Sql.of("d.tenant = ?", target.tenant().value())
        .add(" and d.collection = any(array(select distinct l.from_collection")
        .add(sources)
        .add(")) and d.id = any(array(select l.from_id")
        .add(sources)
        .add(")) and (d.collection, d.id) in (select l.from_collection, l.from_id")
        .add(sources)
        .add(")");
  }

  @Override
  void unlink(
      Script script,
      StorageKey from,
      String relation,
      List<StorageKey> targets,
      Script.RowReader removed,
      Script.Handler handler) {
    script.add(
        Sql.of("delete from link where tenant = ? and relation = ?")
            .with(from.tenant().value(), relation)
            .add(" and from_collection = ? and from_id = ?", from.collection(), from.id())
            .add(" and to_collection = ?", targets.get(0).collection())
            .add(" and to_id = any(?) returning to_collection, to_id", (Object) ids(targets)),
        removed,
        handler);
  }

  @Override
  void removed(Script script, Sql delete, String columns, Script.RowReader removed) {
    script.add(delete.add(" returning " + columns), removed, rows -> {});
  }

  /** A limit of its own makes the index of the links the only way, whatever the statistics say. */
  @Override
  Sql joinLinks(String near, String far, Sql tenant, String relation, int limit) {
    return Sql.of(" cross join lateral (select * from link x where x.tenant = ")
        .add(tenant)
        .add(near.equals("to") ? LINKS_IN : LINKS_OUT, relation)
        .add(limit + ") l");
  }

  /** The fence (OFFSET 0) keeps both in one place, where what many links lead to is read once. */
  @Override
  Sql joinLabel(LinkSelector selector, Optional<String> tenant) {
    boolean out = selector.direction() == Direction.OUT;
    if (!selector.transitive()) {
      return Sql.of(out ? LABEL_TO : LABEL_FROM);
    }
    return tenant
        .map(one -> Sql.of(out ? LABEL_AND_MORE_TO : LABEL_AND_MORE_FROM, one, selector.relation()))
        .orElseGet(() -> Sql.of(out ? LABEL_AND_LINKS_TO : LABEL_AND_LINKS_FROM));
  }

  /** Notes the kind of the links, too; see {@link #more}. */
  @Override
  void link(
      Script script,
      StorageKey from,
      String relation,
      List<StorageKey> targets,
      Script.RowReader added,
      Script.Handler handler) {
    String[] collections =
        targets.stream().map(StorageKey::collection).distinct().toArray(String[]::new);
    script.add(
        Sql.of("with k as (insert into link_kind select ?, ?, ?, u.c from unnest(?) u(c)")
            .with(from.tenant().value(), relation, from.collection(), collections)
            .add(" on conflict do nothing) ")
            .add(insertLinks(from, relation, targets))
            .add(" returning to_collection, to_id"),
        added,
        handler);
  }

  @Override
  String more(Direction direction) {
    return "o.more";
  }

  private static String label(String far, String more) {
    return String.format(
        " cross join lateral (select o.label%2$s from document o where o.tenant = l.tenant"
            + " and o.collection = l.%1$s_collection and o.id = l.%1$s_id"
            + " and coalesce(o.deleted_ms, 0) = 0 offset 0) o",
        far, more);
  }

  /** Reads no link where there are none of this kind: most groups are in no group. */
  private static String more(String near) {
    return String.format(
        ", o.collection = any(array(select k.%1$s_collection from link_kind k where k.tenant = ?"
            + " and k.relation = ?)) and %2$s as more",
        near, links(near));
  }

  private static String links(String near) {
    return String.format(
        "exists (select 1 from link n where n.tenant = o.tenant and n.relation = l.relation"
            + " and n.%1$s_id = o.id and n.%1$s_collection = o.collection)",
        near);
  }

  private static String links(String near, String far) {
    return String.format(
        " and x.%1$s_id = u.i and x.%1$s_collection = u.c and x.relation = ?"
            + " order by x.%2$s_collection, x.%2$s_id limit ",
        near, far);
  }

  @Override
  List<String> tables() {
    return List.of("link", "claim", "document", "document_count", "link_kind", "rekeying");
  }

  @Override
  Sql erase(String table, String tenant, String which, int most) {
    return Sql.of("delete from " + table + " where ctid = any(array(")
        .add("select ctid from " + table + " where tenant = ?" + which)
        .add(" limit " + most + "))", tenant);
  }

  @Override
  Sql count(String tenant, String collection, long more) {
    return Sql.of(
        "insert into document_count as t (tenant, collection, slot, n)"
            + " values (?, ?, pg_backend_pid() % 64, ?)"
            + " on conflict (tenant, collection, slot) do update set n = t.n + excluded.n",
        tenant, collection, more);
  }

  @Override
  Sql compare(Scope scope, Path path, Operator operator, String operand) {
    if (!path.multiValued()) {
      return operator == Operator.NE
          ? Sql.of(key(path) + " is distinct from ?", operand)
          : test(key(path), operator, operand);
    }
    if (operator == Operator.EQ) {
      return Sql.of(keys(path) + " @> ?::jsonb", new Sql.Verbatim(json(List.of(operand))));
    }
    Sql any = any(path, test("v.x", operator, operand));
    return operator == Operator.NE
        ? Sql.of("(" + keys(path) + " is null or ").add(any).add(")")
        : any;
  }

  @Override
  Optional<Sql> lookup(Sql tenant, String collection, Path path, String value) {
    Sql from = Sql.of("document d where ");
    return Optional.of(
        path.isColumn()
            ? from.add(liveById(tenant, collection)).add(" and d.id = " + value)
            : from.add(live(tenant, collection)).add(" and " + key(path) + " = " + value));
  }

  @Override
  Sql present(Scope scope, Path path) {
    return path.multiValued() ? any(path, Sql.of("v.x <> ''")) : Sql.of(key(path) + " <> ''");
  }

  /** A key that was cut has at least 511 UTF-16 units, so at least 255 characters. */
  @Override
  Sql cut(Scope scope, Path path) {
    return path.multiValued()
        ? any(path, Sql.of("char_length(v.x) >= 255"))
        : Sql.of("char_length(" + key(path) + ") >= 255");
  }

  @Override
  Sorting sorting(Scope scope, Path path) {
    return new Sorting(Sql.of("document d"), sortKey(path), "");
  }

  @Override
  Sql sortKey(Path path) {
    return Sql.of(key(path));
  }

  /** The key is null for all of them; but without it the index of the key is not taken in order. */
  @Override
  Sql orderWithoutKey(Path path) {
    return sortKey(path).add(", d.id");
  }

  /** The first key of a path; the same in queries and in the index. */
  private static String key(Path path) {
    return "((d.keys->" + Sql.literal(path.name()) + "->>0) collate \"C\")";
  }

  private static String keys(Path path) {
    return "(d.keys->" + Sql.literal(path.name()) + ")";
  }

  private static String elements(Path path) {
    return "(select e collate \"C\" as x from jsonb_array_elements_text" + keys(path) + " e) v";
  }

  private static Sql any(Path path, Sql condition) {
    return Sql.of("exists (select 1 from " + elements(path) + " where ").add(condition).add(")");
  }

  private static Sql.Verbatim label(Row row) {
    return new Sql.Verbatim(row.put().label());
  }

  private static Sql.Verbatim body(Row row) {
    return new Sql.Verbatim(row.put().document().text());
  }

  private static Sql.Verbatim keys(Row row) {
    return new Sql.Verbatim(json(row.put().keys()));
  }

  private static String json(Object value) {
    try {
      return JsonDocument.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Text can always be written as JSON", e);
    }
  }

  /** One node at a time, since two that create the same index get in each other's way. */
  @Override
  void prepare(Connection connection, Map<String, List<Path>> paths) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(7311)");
      try {
        for (Map.Entry<String, List<Path>> collection : paths.entrySet()) {
          for (Path path : collection.getValue()) {
            if (!path.isColumn()) {
              statement.execute(CREATE + keyIndex(collection.getKey(), path));
              statement.execute(statistics(path));
              if (path.multiValued()) {
                statement.execute(CREATE + sortIndex(collection.getKey(), path));
              }
            }
          }
        }
      } finally {
        statement.execute("select pg_advisory_unlock(7311)");
      }
    }
  }

  /**
   * Nobody waits for the lock here: whoever waited in a statement would be waited for by the index
   * that is being built.
   */
  @Override
  Indexed index(Connection connection, String collection, Path path, int most) throws SQLException {
    // A pooled connection may come with a transaction, in which none of this can be done.
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(true);
    try {
      return indexed(connection, collection, path, most);
    } finally {
      connection.setAutoCommit(before);
    }
  }

  private static Indexed indexed(Connection connection, String collection, Path path, int most)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!isTrue(statement, "select pg_try_advisory_lock(7312)")) {
        return Indexed.LATER;
      }
      try {
        if (!build(statement, indexName(collection, path), keyIndex(collection, path), most)) {
          return Indexed.REFUSED;
        }
        if (path.multiValued()
            && !build(statement, sortName(collection, path), sortIndex(collection, path), most)) {
          return Indexed.REFUSED;
        }
        statement.execute(statistics(path));
        return Indexed.READY;
      } finally {
        statement.execute("select pg_advisory_unlock(7312)");
      }
    }
  }

  /** Whether the index is there in the end. */
  private static boolean build(Statement statement, String name, String index, int most)
      throws SQLException {
    String named = "c.relname = " + Sql.literal(name);
    if (isTrue(statement, VALID.formatted(named + " and i.indisvalid"))) {
      return true;
    }
    if (isTrue(statement, VALID.formatted(named))) { // an attempt that failed
      statement.execute("drop index concurrently if exists " + name);
    }
    if (isTrue(statement, COUNT.formatted(most))) {
      return false;
    }
    statement.execute("create index concurrently " + index);
    return true;
  }

  private static boolean isTrue(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private static String keyIndex(String collection, Path path) {
    return index(
        indexName(collection, path),
        collection,
        path.multiValued()
            ? "using gin (" + keys(path) + " jsonb_path_ops) with (gin_pending_list_limit = 256)"
            : ordered(path));
  }

  /** The order of a multi-valued path, by which the index of all its values does not yield. */
  private static String sortIndex(String collection, Path path) {
    return index(sortName(collection, path), collection, ordered(path));
  }

  private static String sortName(String collection, Path path) {
    return name("sort", collection + "_" + path.name(), path);
  }

  private static String ordered(Path path) {
    return "(tenant, " + key(path) + ", id)";
  }

  private static String index(String name, String collection, String indexed) {
    return name
        + " on document "
        + indexed.replace("d.keys", "keys")
        + " where collection = "
        + Sql.literal(collection)
        + " and deleted_ms is null";
  }

  /** The planner takes no statistics from an index of a part of the table. */
  private static String statistics(Path path) {
    return "create statistics if not exists "
        + name("statistics", path.name(), path)
        + " on "
        + (path.multiValued() ? keys(path) : key(path)).replace("d.keys", "keys")
        + " from document";
  }

  /** A name that can be read and that no other path has. */
  static String indexName(String collection, Path path) {
    return name("key", collection + "_" + path.name(), path);
  }

  private static String name(String prefix, String of, Path path) {
    String readable = of.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    UUID hash =
        UUID.nameUUIDFromBytes((of + "\n" + path.multiValued()).getBytes(StandardCharsets.UTF_8));
    return prefix
        + "_"
        + readable.substring(0, Math.min(40, readable.length()))
        + "_"
        + hash.toString().substring(0, 8);
  }
}
