package org.muster.state.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.muster.kernel.TenantId;
import org.muster.sql.Connections;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.state.NodeStore;
import org.muster.state.TreeId;

/**
 * Keeps nodes in PostgreSQL or H2, in the caller's transaction. A tree has a row of its own, which
 * its writer locks.
 */
public final class JpaNodes implements NodeStore {
  /** Most nodes of one statement: some 2 MB. */
  private static final int CHUNK = 1_000;

  private static final List<String> TABLES = List.of("state_node", "state_tree");

  private final Connections connections;
  private final SqlDialect dialect;
  private final NodeSql sql;
  private final Turns turns;

  private JpaNodes(Connections connections, SqlDialect dialect, Turns turns) {
    this.connections = connections;
    this.dialect = dialect;
    this.sql = new NodeSql(dialect);
    this.turns = turns;
  }

  /**
   * The nodes in a database that has been migrated.
   *
   * @param turns those that all who write to it in this process take
   */
  public static JpaNodes over(Connections connections, Turns turns) {
    return new JpaNodes(connections, connections.read(SqlDialect::of), turns);
  }

  @Override
  public Map<String, byte[]> load(TreeId tree, Collection<String> places) {
    if (places.isEmpty()) {
      return Map.of();
    }
    return connections.read(
        connection -> {
          Map<String, byte[]> nodes = new HashMap<>();
          for (List<String> some : chunks(places)) {
            Sql load = sql.load(tree, some.toArray(String[]::new));
            try (PreparedStatement statement = dialect.prepare(connection, load);
                ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                nodes.put(rows.getString(1), rows.getBytes(2));
              }
            }
          }
          return nodes;
        });
  }

  @Override
  public void write(TreeId tree, Map<String, byte[]> saved, Collection<String> removed) {
    connections.write(
        connection -> {
          for (List<String> some : chunks(removed)) {
            update(connection, sql.remove(tree, some.toArray(String[]::new)));
          }
          for (List<String> some : chunks(saved.keySet())) {
            byte[][] bodies = some.stream().map(saved::get).toArray(byte[][]::new);
            update(connection, sql.save(tree, some.toArray(String[]::new), bodies));
          }
          return true;
        });
  }

  @Override
  public void exclusively(TreeId tree, Runnable work) {
    takeTurn();
    connections.write(
        connection -> {
          Script script = new Script(dialect);
          dialect.byIndex().ifPresent(script::add);
          List<Integer> locked = new ArrayList<>();
          script.add(sql.lock(tree), locked::add);
          script.run(connection);
          if (locked.get(0) == 0) {
            script.add(sql.begin(tree));
            script.add(sql.lock(tree));
            script.run(connection);
          }
          return true;
        });
    work.run();
  }

  private void takeTurn() {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
  }

  @Override
  public SortedMap<String, byte[]> roots(TenantId tenant) {
    return connections.read(
        connection -> {
          SortedMap<String, byte[]> roots = new TreeMap<>();
          try (PreparedStatement statement = dialect.prepare(connection, sql.roots(tenant));
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              roots.put(dialect.decode(rows.getString(1)), rows.getBytes(2));
            }
          }
          return roots;
        });
  }

  @Override
  public long clear(int most) {
    return remove((table, left) -> sql.clear(table, left), most);
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return remove((table, left) -> sql.erase(table, tenant, left), most);
  }

  private long remove(BiFunction<String, Integer, Sql> some, int most) {
    takeTurn();
    return connections.write(
        connection -> {
          long removed = 0;
          for (String table : TABLES) {
            if (removed < most) {
              removed += update(connection, some.apply(table, (int) (most - removed)));
            }
          }
          return removed;
        });
  }

  private int update(Connection connection, Sql statement) throws SQLException {
    try (PreparedStatement prepared = dialect.prepare(connection, statement)) {
      return prepared.executeUpdate();
    }
  }

  /** In their order, so that no two writers wait for each other. */
  private static List<List<String>> chunks(Collection<String> places) {
    List<String> all = places.stream().sorted().toList();
    List<List<String>> chunks = new ArrayList<>();
    for (int start = 0; start < all.size(); start += CHUNK) {
      chunks.add(all.subList(start, Math.min(start + CHUNK, all.size())));
    }
    return chunks;
  }
}
