package org.muster.sql;

import java.sql.SQLException;
import org.muster.storage.StorageException;

/** Says in the words of storage what a driver's exception means for the caller. */
public final class SqlErrors {
  private SqlErrors() {}

  public static StorageException translate(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "23505" -> new StorageException.Conflict("Another writer was faster", e);
      case "40001", "40P01", "55P03", "HYT00", "90131" ->
          new StorageException.Conflict("Another writer holds what this one needs", e);
      case "54000", "22001" -> tooLarge();
      case "XX001", "XX002" -> new StorageException.Corrupt("The database found corrupt data", e);
      default -> new StorageException.Unavailable("The database did not do it", e);
    };
  }

  private static StorageException tooLarge() {
    return new StorageException.TooLarge("A value is longer than the database takes");
  }
}
