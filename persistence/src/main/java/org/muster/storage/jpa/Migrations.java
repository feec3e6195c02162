package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.muster.storage.StorageException;

/** Brings the schema of a database up to date; safe to be run by several nodes at once. */
public final class Migrations {
  private final DataSource dataSource;
  private final ClassLoader classLoader;

  /**
   * Migrations of a database.
   *
   * @param classLoader sees the scripts and Flyway
   */
  public Migrations(DataSource dataSource, ClassLoader classLoader) {
    this.dataSource = dataSource;
    this.classLoader = classLoader;
  }

  /**
   * Applies what is missing; not in a transaction.
   *
   * @return how many scripts were applied
   */
  public int migrate() {
    try {
      return Flyway.configure(classLoader)
          .dataSource(dataSource)
          .locations("classpath:db/migration/" + dialect())
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException e) {
      throw new StorageException.Unavailable("The schema could not be migrated", e);
    }
  }

  private String dialect() {
    try (Connection connection = dataSource.getConnection()) {
      return Dialect.of(connection).name();
    } catch (SQLException e) {
      throw new StorageException.Unavailable("There is no connection to the database", e);
    }
  }
}
