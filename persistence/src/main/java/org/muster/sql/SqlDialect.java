package org.muster.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** What differs from one database to another for all statements. Stateless. */
public abstract class SqlDialect {
  SqlDialect() {}

  /** The dialect of the database behind a connection. */
  public static SqlDialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> new PostgresSql();
      case "H2" -> H2Sql.on(connection);
      default ->
          throw new IllegalStateException(
              "The database is " + product + "; Muster runs on PostgreSQL and H2");
    };
  }

  /** The folder of the migrations, and what operators read. */
  public abstract String name();

  /** The form in which text that is compared or ordered is stored. */
  public abstract String encode(String text);

  /** The text of what {@link #encode} made. */
  public abstract String decode(String stored);

  /** Whether several statements can be sent at once, separated by semicolons. */
  public abstract boolean pipelines();

  /** Whether transactions have to write one after the other. */
  public abstract boolean writersTakeTurns();

  /**
   * A statement after which those of the transaction use indexes, whatever the database thinks how
   * few rows there are: plans are kept, and one that was made for a small table reads all of it for
   * each row that is looked up when it has grown. Empty where that is no concern.
   */
  public abstract Optional<Sql> byIndex();

  /** Prepares a statement and sets its parameters. */
  public final PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.text());
    try {
      int index = 1;
      for (Object value : sql.parameters()) {
        set(connection, statement, index++, value);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void set(Connection connection, PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof String text) {
      statement.setString(index, encode(text));
    } else if (value instanceof Sql.Verbatim verbatim) {
      statement.setString(index, verbatim.text());
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof byte[][] binaries) {
      statement.setArray(index, connection.createArrayOf("bytea", binaries));
    } else if (value instanceof String[] texts) {
      String[] encoded = new String[texts.length];
      for (int i = 0; i < texts.length; i++) {
        encoded[i] = encode(texts[i]);
      }
      statement.setArray(index, connection.createArrayOf("varchar", encoded));
    } else if (value instanceof Long[] numbers) {
      statement.setArray(index, connection.createArrayOf("bigint", numbers));
    } else if (value instanceof Boolean[] flags) {
      statement.setArray(index, connection.createArrayOf("boolean", flags));
    } else {
      throw new IllegalArgumentException("Not a parameter: " + value.getClass());
    }
  }
}
