package org.muster.state.jpa;

import org.muster.kernel.TenantId;
import org.muster.sql.PostgresSql;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.state.TreeId;

/** The statements about state trees, as a database wants them. */
final class NodeSql {
  private final boolean postgres;

  NodeSql(SqlDialect dialect) {
    postgres = dialect instanceof PostgresSql;
  }

  Sql load(TreeId tree, String[] places) {
    return found("n.place, n.body", tree, places);
  }

  private Sql found(String columns, TreeId tree, String[] places) {
    Sql sql = Sql.of("select " + columns + " from unnest(?) u(p)", (Object) places);
    return postgres
        ? sql.add(" cross join lateral (select n.*, n.ctid from state_node n where n.place = u.p")
            .add(" and ")
            .add(of(tree))
            .add(" limit 1) n")
        : sql.add(" join state_node n on n.place = u.p and ").add(of(tree));
  }

  Sql save(TreeId tree, String[] places, byte[][] bodies) {
    String into = "into state_node (tenant, collection, place, body)";
    Sql rows =
        Sql.of(
                " select ?, ?, u.p, u.b from unnest(?, ?) u(p, b)",
                tree.tenant().value(),
                tree.collection())
            .with(places, bodies);
    return postgres
        ? Sql.of("insert " + into)
            .add(rows)
            .add(" on conflict (tenant, collection, place) do update set body = excluded.body")
        : Sql.of("merge " + into + " key (tenant, collection, place)").add(rows);
  }

  Sql remove(TreeId tree, String[] places) {
    return postgres
        ? Sql.of("delete from state_node where ctid = any(array(")
            .add(found("n.ctid", tree, places))
            .add("))")
        : Sql.of("merge into state_node n using (select u.p from unnest(?) u(p)) s")
            .with((Object) places)
            .add(" on n.place = s.p and ")
            .add(of(tree))
            .add(" when matched then delete");
  }

  /** Locks the row of a tree, if there is one. */
  Sql lock(TreeId tree) {
    return Sql.of("select 1 from state_tree n where ").add(of(tree)).add(" for update");
  }

  Sql begin(TreeId tree) {
    return Sql.of("insert into state_tree (tenant, collection) values (?, ?)")
        .with(tree.tenant().value(), tree.collection())
        .add(" on conflict do nothing");
  }

  Sql roots(TenantId tenant) {
    return Sql.of("select t.collection, n.body from state_tree t join state_node n")
        .add(" on n.tenant = t.tenant and n.collection = t.collection and n.place = ''")
        .add(" where t.tenant = ?", tenant.value());
  }

  /** Removes some of the rows that a tenant has in a table. */
  Sql erase(String table, TenantId tenant, int most) {
    return postgres
        ? Sql.of("delete from " + table + " where ctid = any(array(")
            .add("select ctid from " + table + " where tenant = ? limit " + most + "))")
            .with(tenant.value())
        : Sql.of("delete from " + table + " where tenant = ?", tenant.value())
            .add(" fetch first " + most + " rows only");
  }

  /** Removes some of the rows of a table. */
  Sql clear(String table, int most) {
    return Sql.of(
        postgres
            ? "delete from "
                + table
                + " where ctid = any(array(select ctid from "
                + table
                + " limit "
                + most
                + "))"
            : "delete from " + table + " fetch first " + most + " rows only");
  }

  private static Sql of(TreeId tree) {
    return Sql.of("n.tenant = ? and n.collection = ?", tree.tenant().value(), tree.collection());
  }
}
