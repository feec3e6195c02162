package org.muster.cluster.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.cluster.Node;
import org.muster.cluster.NodeRegistry;
import org.muster.sql.Connections;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;

/** Nodes in PostgreSQL, whose clock says who is live. Each call is a transaction of its own. */
public final class JpaNodeRegistry implements NodeRegistry {
  private static final int TIMEOUT_SECONDS = 2;
  private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
  private static final String FORGOTTEN = NOW + " - 3600000";

  private final Connections connections;
  private final SqlDialect dialect;

  /** The nodes of a PostgreSQL that has been migrated. */
  public JpaNodeRegistry(Connections connections) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
  }

  @Override
  public void begin(Node self) {
    execute(Sql.of("delete from node where beat_ms < " + FORGOTTEN));
    execute(
        Sql.of("with entry as (update node_entries set entered = entered + 1) ")
            .add(renewal(self)));
  }

  /** The row of entries is always there, so there is one row at least. */
  @Override
  public Sighting beat(Node self) {
    Sql sql =
        Sql.of("with own as (")
            .add(renewal(self))
            .add(") select e.entered, n.id, n.address, n.cache_name,")
            .add(" n.beat_ms > " + NOW + " - " + LIVE.toMillis() + " from node_entries e")
            .add(" left join node n on n.id <> ? order by n.id", self.id());
    return connections.apart(connection -> sighting(connection, sql));
  }

  @Override
  public void end(Node self) {
    execute(Sql.of("delete from node where id = ?", self.id()));
  }

  private static Sql renewal(Node self) {
    return Sql.of("insert into node (id, address, cache_name, started_ms, beat_ms)")
        .add(" values (?, ?, ?, ", self.id(), self.address(), self.cacheName().orElse(""))
        .add(NOW + ", " + NOW + ")")
        .add(" on conflict (id) do update set beat_ms = excluded.beat_ms");
  }

  private Sighting sighting(Connection connection, Sql sql) throws SQLException {
    long entered = 0;
    List<Node> others = new ArrayList<>();
    List<Node> dead = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        entered = row.getLong(1);
        if (row.getString(2) != null) {
          (row.getBoolean(5) ? others : dead).add(node(row));
        }
      }
    }
    return new Sighting(entered, others, dead);
  }

  private static Node node(ResultSet row) throws SQLException {
    Optional<String> cacheName = Optional.of(row.getString(4)).filter(name -> !name.isEmpty());
    return new Node(row.getString(2), row.getString(3), cacheName);
  }

  private void execute(Sql sql) {
    connections.apart(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql)) {
            return statement.executeUpdate();
          }
        });
  }

  private PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
    PreparedStatement statement = dialect.prepare(connection, sql);
    statement.setQueryTimeout(TIMEOUT_SECONDS);
    return statement;
  }
}
