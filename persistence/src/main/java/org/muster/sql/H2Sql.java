package org.muster.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * H2 compares text by UTF-16 unit; so text that is compared is stored with the units from U+E000 on
 * moved below the surrogates, which makes that the order by code point.
 */
public final class H2Sql extends SqlDialect {
  /** A query that is kept for reuse is kept with a result, which may be from before a commit. */
  private static final String CACHED_QUERIES =
      "select setting_value from information_schema.settings"
          + " where setting_name = 'QUERY_CACHE_SIZE'";

  private static final int MOVED = 0x800;
  private static final int SURROGATES = 0x800;
  private static final int BEHIND_SURROGATES = 0x2000;

  private H2Sql() {}

  /** The dialect, if the database is set up for it. */
  static H2Sql on(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet setting = statement.executeQuery(CACHED_QUERIES)) {
      if (!setting.next() || setting.getInt(1) != 0) {
        throw new IllegalStateException(
            "H2 would give results that are no longer true: add ;QUERY_CACHE_SIZE=0 to the URL of"
                + " the database (MUSTER_DB_URL)");
      }
      return new H2Sql();
    }
  }

  @Override
  public String name() {
    return "h2";
  }

  @Override
  public String encode(String text) {
    return turn(text, true);
  }

  @Override
  public String decode(String stored) {
    return turn(stored, false);
  }

  private static String turn(String text, boolean encode) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= Character.MIN_SURROGATE) {
        char[] units = text.toCharArray();
        for (int j = i; j < units.length; j++) {
          units[j] = encode ? encode(units[j]) : decode(units[j]);
        }
        return new String(units);
      }
    }
    return text;
  }

  private static char encode(char unit) {
    if (unit < Character.MIN_SURROGATE) {
      return unit;
    }
    return (char) (Character.isSurrogate(unit) ? unit + BEHIND_SURROGATES : unit - MOVED);
  }

  private static char decode(char unit) {
    if (unit < Character.MIN_SURROGATE) {
      return unit;
    }
    return (char) (unit >= 0x10000 - SURROGATES ? unit - BEHIND_SURROGATES : unit + MOVED);
  }

  @Override
  public boolean pipelines() {
    return false;
  }

  /**
   * H2 may carry out a step of a rollback twice, if a commit is written to the file meanwhile; it
   * would undo what another transaction has committed in between.
   */
  @Override
  public boolean writersTakeTurns() {
    return true;
  }

  @Override
  public Optional<Sql> byIndex() {
    return Optional.empty();
  }
}
