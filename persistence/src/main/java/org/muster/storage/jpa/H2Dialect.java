package org.muster.storage.jpa;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.muster.kernel.Precondition;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.storage.Change;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Indexed;
import org.muster.storage.Path;
import org.muster.storage.StorageKey;

/** H2: keys as rows, since it has no JSON paths. */
final class H2Dialect extends Dialect {
  H2Dialect(SqlDialect sql) {
    super(sql);
  }

  @Override
  String forShare() {
    return " for update";
  }

  @Override
  String forUpdate() {
    return " for update";
  }

  @Override
  String numbers(int rows) {
    return "system_range(1, " + rows + ")";
  }

  @Override
  String nullBody() {
    return "cast(null as varchar)";
  }

  @Override
  void insert(Script script, Row row, Script.Handler handler) {
    StorageKey key = row.key();
    script.add(
        Sql.of(
                "insert into document (tenant, collection, id, version, created_ms, modified_ms,"
                    + " label, body) values (?, ?, ?, ",
                key.tenant().value(),
                key.collection(),
                key.id())
            .add("?, ?, ?, ", row.version(), row.created(), row.modified())
            .add("?, ?) on conflict do nothing", label(row), body(row)),
        handler);
    addKeys(script, row.key(), row.put().keys());
  }

  @Override
  void revive(Script script, Row row, Script.Handler handler) {
    script.add(
        Sql.of(
                "update document set version = ?, created_ms = ?, modified_ms = ?, label = ?,"
                    + " body = ?, deleted_ms = null, deleted_by = null, buried_ms = null",
                row.version(),
                row.created(),
                row.modified(),
                label(row),
                body(row))
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
                "select created_ms from final table (update document set version = ?,"
                    + " modified_ms = ?, label = ?, body = ?",
                row.version(),
                row.modified(),
                label(row),
                body(row))
            .add(byKey(row.key()))
            .add(holds(expected))
            .add(" and coalesce(deleted_ms, 0) = 0)"),
        created,
        handler);
    script.add(removeKeys(row.key()));
    addKeys(script, row.key(), row.put().keys());
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
                    + " buried_ms = ?",
                version,
                now,
                now,
                new Sql.Verbatim(delete.actor()),
                now)
            .add(byKey(delete.key()))
            .add(holds(expected))
            .add(" and coalesce(deleted_ms, 0) = 0"),
        handler);
    script.add(removeKeys(delete.key()));
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
        Sql.of("select created_ms from final table (update document set version = ?,")
            .add(" modified_ms = ?, label = ?, deleted_ms = null, deleted_by = null,")
            .add(" buried_ms = null")
            .with(version, now, new Sql.Verbatim(restore.label()))
            .add(byKey(restore.key()))
            .add(" and version = ?", restore.tombstone().value())
            .add(" and coalesce(deleted_ms, 0) <> 0 and body is not null)"),
        created,
        handler);
    addKeys(script, restore.key(), restore.keys());
  }

  @Override
  Sql purge(List<StorageKey> keys, Long[] versions) {
    StorageKey first = keys.get(0);
    return Sql.of(
            "merge into document d using (select u.i, u.v from unnest(?, ?) u(i, v)) s",
            ids(keys),
            versions)
        .add(" on d.tenant = ? and d.collection = ?", first.tenant().value(), first.collection())
        .add(" and d.id = s.i and d.version = s.v and coalesce(d.deleted_ms, 0) <> 0")
        .add(" when matched then delete");
  }

  /** A range, since by an index H2 finds ranges and not what is not null. */
  @Override
  String oldestTombstones() {
    return "buried_ms >= 0 order by tenant, buried_ms, collection, id";
  }

  @Override
  void rekey(Script script, StorageKey key, long version, SortedMap<String, List<String>> keys) {
    script.add(removeKeys(key));
    addKeys(script, key, keys);
  }

  private static Sql removeKeys(StorageKey key) {
    return Sql.of("delete from search_key").add(byKey(key));
  }

  /** Those that are there are left alone, so that an insert that came too late does no harm. */
  private static void addKeys(Script script, StorageKey key, SortedMap<String, List<String>> keys) {
    Columns columns = Columns.of(keys);
    if (!columns.isEmpty()) {
      script.add(
          Sql.of(
                  "insert into search_key (tenant, collection, id, path, folded, leads)"
                      + " select ?, ?, ?, u.p, u.f, u.l",
                  key.tenant().value(),
                  key.collection(),
                  key.id())
              .add(
                  " from unnest(?, ?, ?) u(p, f, l) on conflict do nothing",
                  columns.paths(),
                  columns.values(),
                  columns.leads()));
    }
  }

  /** Keys as the columns that they are inserted by. */
  @SuppressWarnings("ArrayRecordComponent") // as the driver takes them
  private record Columns(String[] paths, String[] values, Boolean[] leads) {
    static Columns of(SortedMap<String, List<String>> keys) {
      List<String> paths = new ArrayList<>();
      List<String> values = new ArrayList<>();
      List<Boolean> leads = new ArrayList<>();
      keys.forEach(
          (path, folded) -> {
            for (String value : folded) {
              leads.add(paths.isEmpty() || !paths.get(paths.size() - 1).equals(path));
              paths.add(path);
              values.add(value);
            }
          });
      return new Columns(
          paths.toArray(String[]::new),
          values.toArray(String[]::new),
          leads.toArray(Boolean[]::new));
    }

    boolean isEmpty() {
      return paths.length == 0;
    }
  }

  /** Writers take turns, so that the version can't change between the statements. */
  @Override
  void reindex(Script script, Change.Reindex reindex, Script.Handler handler) {
    StorageKey key = reindex.key();
    long version = reindex.version().value();
    script.add(
        Sql.of("select 1 from document")
            .add(byKey(key))
            .add(" and version = ? and coalesce(deleted_ms, 0) = 0", version),
        handler);
    script.add(
        Sql.of("delete from search_key")
            .add(byKey(key))
            .add(" and exists (select 1 from document")
            .add(byKey(key))
            .add(" and version = ? and coalesce(deleted_ms, 0) = 0)", version));
    Columns columns = Columns.of(reindex.keys());
    if (!columns.isEmpty()) {
      script.add(
          Sql.of(
                  "insert into search_key (tenant, collection, id, path, folded, leads)"
                      + " select d.tenant, d.collection, d.id, u.p, u.f, u.l from document d,")
              .add(
                  " unnest(?, ?, ?) u(p, f, l)", columns.paths(), columns.values(), columns.leads())
              .add(
                  " where d.tenant = ? and d.collection = ?",
                  key.tenant().value(),
                  key.collection())
              .add(" and d.id = ? and d.version = ?", key.id(), version)
              .add(" and coalesce(d.deleted_ms, 0) = 0 on conflict do nothing"));
    }
  }

  @Override
  Sql raiseSources(StorageKey target, long version, long now) {
    return Sql.of("merge into document d using (select distinct l.from_collection as c,")
        .add(" l.from_id as i from link l where l.tenant = ?", target.tenant().value())
        .add(" and l.to_id = ? and l.to_collection = ?", target.id(), target.collection())
        .add(") s on d.tenant = ? and d.collection = s.c", target.tenant().value())
        .add(" and d.id = s.i and d.version <> ? and coalesce(d.deleted_ms, 0) = 0", version)
        .add(" when matched then update set version = ?, modified_ms = ?", version, now);
  }

  /** Reads before it writes: a merge does not tell what it has removed, and writers take turns. */
  @Override
  void unlink(
      Script script,
      StorageKey from,
      String relation,
      List<StorageKey> targets,
      Script.RowReader removed,
      Script.Handler handler) {
    Sql which =
        Sql.of(" on l.tenant = ? and l.relation = ?", from.tenant().value(), relation)
            .add(" and l.from_collection = ? and l.from_id = ?", from.collection(), from.id())
            .add(" and l.to_collection = s.c and l.to_id = s.i");
    Sql these =
        Sql.of(
            "(select distinct u.c, u.i from unnest(?, ?) u(c, i)) s",
            collections(targets),
            ids(targets));
    script.add(
        Sql.of("select s.c, s.i from ").add(these).add(" join link l").add(which),
        removed,
        rows -> {});
    script.add(
        Sql.of("merge into link l using ").add(these).add(which).add(" when matched then delete"),
        handler);
  }

  @Override
  void removed(Script script, Sql delete, String columns, Script.RowReader removed) {
    script.add(
        Sql.of("select " + columns + " from old table (").add(delete).add(")"),
        removed,
        rows -> {});
  }

  /** Reads before it writes, see {@link #unlink}. */
  @Override
  void link(
      Script script,
      StorageKey from,
      String relation,
      List<StorageKey> targets,
      Script.RowReader added,
      Script.Handler handler) {
    script.add(
        Sql.of(
                "select distinct u.c, u.i from unnest(?, ?) u(c, i)",
                collections(targets),
                ids(targets))
            .add(
                " where not exists (select 1 from link l where l.tenant = ?", from.tenant().value())
            .add(" and l.from_id = ? and l.from_collection = ?", from.id(), from.collection())
            .add(" and l.relation = ? and l.to_collection = u.c and l.to_id = u.i)", relation),
        added,
        rows -> {});
    script.add(insertLinks(from, relation, targets), handler);
  }

  @Override
  Sql joinLinks(String near, String far, Sql tenant, String relation, int limit) {
    return Sql.of(" join link l on l.tenant = ")
        .add(tenant)
        .add(
            String.format(
                " and l.%1$s_id = u.i and l.%1$s_collection = u.c and l.relation = ?", near),
            relation);
  }

  @Override
  List<String> tables() {
    return List.of("link", "claim", "search_key", "document", "document_count", "rekeying");
  }

  @Override
  Sql erase(String table, String tenant, String which, int most) {
    return Sql.of("delete from " + table + " where tenant = ?" + which, tenant)
        .add(" fetch first " + most + " rows only");
  }

  @Override
  Sql count(String tenant, String collection, long more) {
    return Sql.of(
            "merge into document_count t using (values (cast(? as varchar), cast(? as varchar),"
                + " mod(session_id(), 64), cast(? as bigint))) s(tenant, collection, slot, n)",
            tenant,
            collection,
            more)
        .add(" on t.tenant = s.tenant and t.collection = s.collection and t.slot = s.slot")
        .add(" when matched then update set n = t.n + s.n")
        .add(" when not matched then insert values (s.tenant, s.collection, s.slot, s.n)");
  }

  @Override
  Sql compare(Scope scope, Path path, Operator operator, String operand) {
    Sql any = any(scope, path, test("k.folded", operator, operand));
    return operator == Operator.NE
        ? Sql.of("(not ").add(any(scope, path, Sql.of("true"))).add(" or ").add(any).add(")")
        : any;
  }

  /** A statement is a call within the process, and H2 has no lateral joins. */
  @Override
  Optional<Sql> lookup(Sql tenant, String collection, Path path, String value) {
    return Optional.empty();
  }

  @Override
  Sql present(Scope scope, Path path) {
    return any(scope, path, Sql.of("k.folded <> ''"));
  }

  @Override
  Sql cut(Scope scope, Path path) {
    return any(scope, path, Sql.of("char_length(k.folded) >= 511"));
  }

  /** A subquery of its own right, which is evaluated once; and by index if it is the only IN. */
  private static Sql any(Scope scope, Path path, Sql condition) {
    return Sql.of(
            "d.id in (select k.id from search_key k where k.tenant = ? and k.collection = ?"
                + " and k.path = ? and ",
            scope.tenant(),
            scope.collection(),
            path.name())
        .add(condition)
        .add(")");
  }

  /** By the rows of the keys, whose index is in this order; one of each document leads. */
  @Override
  Sorting sorting(Scope scope, Path path) {
    Sql from =
        Sql.of("search_key k join document d on d.tenant = k.tenant")
            .add(" and d.collection = k.collection and d.id = k.id")
            .add(" and k.tenant = ? and k.collection = ?", scope.tenant(), scope.collection())
            .add(" and k.path = ? and k.leads", path.name());
    return new Sorting(from, Sql.of("k.folded"), "k.tenant, k.collection, k.path, ");
  }

  @Override
  Sql sortKey(Path path) {
    return Sql.of("(select k.folded from search_key k")
        .add(" where k.tenant = d.tenant and k.collection = d.collection and k.id = d.id")
        .add(" and k.path = " + Sql.literal(encode(path.name())) + " and k.leads)");
  }

  @Override
  Sql orderWithoutKey(Path path) {
    return Sql.of("d.tenant, d.collection, d.id");
  }

  private static Sql.Verbatim label(Row row) {
    return new Sql.Verbatim(row.put().label());
  }

  private static Sql.Verbatim body(Row row) {
    return new Sql.Verbatim(row.put().document().text());
  }

  @Override
  void prepare(Connection connection, Map<String, List<Path>> paths) {
    // every path is indexed
  }

  @Override
  Indexed index(Connection connection, String collection, Path path, int most) {
    return Indexed.READY; // every path is indexed
  }
}
