package org.muster.projection.jpa;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.muster.kernel.TenantId;
import org.muster.projection.ActivityCount;
import org.muster.projection.ActivityQuery;
import org.muster.projection.jpa.JpaActivityStore.Place;
import org.muster.projection.jpa.JpaActivityStore.Row;
import org.muster.sql.PostgresSql;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.storage.StorageKey;

/** The statements about activity, as a database wants them. */
final class ActivitySql {
  private static final String SAME = "a.tenant = u.t and a.collection = u.c and a.id = u.i";

  private final boolean postgres;

  ActivitySql(SqlDialect dialect) {
    postgres = dialect instanceof PostgresSql;
  }

  /** tenant, collection, id and state of those keys that have a row. */
  Sql states(List<StorageKey> keys) {
    return found("a.tenant, a.collection, a.id, a.state", keys);
  }

  private Sql found(String columns, List<StorageKey> keys) {
    return Sql.of("select " + columns + " from unnest(?, ?, ?) u(t, c, i)")
        .with(columns(keys))
        .add(
            postgres
                ? " cross join lateral (select a.*, a.ctid from activity a where "
                    + SAME
                    + " limit 1) a"
                : " join activity a on " + SAME);
  }

  Sql save(List<Row> rows) {
    String into = "into activity (tenant, collection, id, state, modified_ms)";
    Sql values =
        Sql.of(" select u.t, u.c, u.i, u.s, u.m from unnest(?, ?, ?, ?, ?) u(t, c, i, s, m)")
            .with(columns(rows.stream().map(Row::key).toList()))
            .with((Object) rows.stream().map(row -> row.state().column()).toArray(Long[]::new))
            .with(
                (Object)
                    rows.stream().map(row -> row.modified().toEpochMilli()).toArray(Long[]::new));
    return postgres
        ? Sql.of("insert " + into)
            .add(values)
            .add(" on conflict (tenant, collection, id) do update")
            .add(" set state = excluded.state, modified_ms = excluded.modified_ms")
        : Sql.of("merge " + into + " key (tenant, collection, id)").add(values);
  }

  Sql remove(List<StorageKey> keys) {
    return postgres
        ? Sql.of("delete from activity where ctid = any(array(")
            .add(found("a.ctid", keys))
            .add("))")
        : Sql.of("merge into activity a using (select v.t, v.c, v.i from unnest(?, ?, ?)")
            .with(columns(keys))
            .add(" v(t, c, i)) u on " + SAME + " when matched then delete");
  }

  /** Adds to counts. */
  Sql count(SortedMap<Place, ActivityCount> more) {
    String rows = "select v.t, v.c, v.l, v.a, v.n from unnest(?, ?, ?, ?, ?) v(t, c, l, a, n)";
    Object[] values = {
      more.keySet().stream().map(place -> place.tenant().value()).toArray(String[]::new),
      more.keySet().stream().map(Place::collection).toArray(String[]::new),
      numbers(more, ActivityCount::live),
      numbers(more, ActivityCount::active),
      numbers(more, ActivityCount::inactive)
    };
    return postgres
        ? Sql.of("insert into activity_count as a (tenant, collection, live, active, inactive) ")
            .add(rows, values)
            .add(" on conflict (tenant, collection) do update set live = a.live + excluded.live,")
            .add(" active = a.active + excluded.active,")
            .add(" inactive = a.inactive + excluded.inactive")
        : Sql.of("merge into activity_count a using (")
            .add(rows, values)
            .add(") u on a.tenant = u.t and a.collection = u.c when matched then update set")
            .add(" live = a.live + u.l, active = a.active + u.a, inactive = a.inactive + u.n")
            .add(" when not matched then insert values (u.t, u.c, u.l, u.a, u.n)");
  }

  Sql counts(TenantId tenant) {
    return Sql.of("select collection, live, active, inactive from activity_count")
        .add(" where tenant = ? and live > 0", tenant.value());
  }

  /** Of any state: the first of each, which are the rows of an index in their order. */
  Sql page(ActivityQuery query) {
    List<State> states =
        query.active().map(active -> List.of(State.of(Optional.of(active)))).orElse(State.ALL);
    Sql sql = Sql.of("select id, state, modified_ms from (");
    for (State state : states) {
      sql.add(state == states.get(0) ? "(" : " union all (").add(page(query, state)).add(")");
    }
    return sql.add(") a order by modified_ms, id limit " + query.limit());
  }

  private static Sql page(ActivityQuery query, State state) {
    Sql sql =
        Sql.of("select id, state, modified_ms from activity where state = ?", state.column())
            .add(" and tenant = ? and collection = ?")
            .with(query.tenant().value(), query.collection())
            .add(" and modified_ms < ?", query.before().toEpochMilli());
    query
        .after()
        .ifPresent(
            place ->
                sql.add(" and (modified_ms, id) > (?, ?)", place.modified().toEpochMilli())
                    .with(place.id()));
    return sql.add(" order by modified_ms, id limit " + query.limit());
  }

  /** Removes some rows, of a tenant or of all. */
  Sql erase(String table, Optional<TenantId> tenant, int most) {
    String where = tenant.isPresent() ? " where tenant = ?" : "";
    Sql sql =
        Sql.of(
            postgres
                ? "delete from %1$s where ctid = any(array(select ctid from %1$s%2$s limit %3$d))"
                    .formatted(table, where, most)
                : "delete from %s%s fetch first %d rows only".formatted(table, where, most));
    tenant.ifPresent(of -> sql.with(of.value()));
    return sql;
  }

  private static Object[] columns(List<StorageKey> keys) {
    return new Object[] {
      keys.stream().map(key -> key.tenant().value()).toArray(String[]::new),
      keys.stream().map(StorageKey::collection).toArray(String[]::new),
      keys.stream().map(StorageKey::id).toArray(String[]::new)
    };
  }

  private static Long[] numbers(
      Map<Place, ActivityCount> counts, Function<ActivityCount, Long> number) {
    return counts.values().stream().map(number).toArray(Long[]::new);
  }
}
