package org.muster.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of the tests' own, which ends with them. */
public final class Postgres implements AutoCloseable {
  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  public static Postgres start() {
    try {
      return new Postgres(EmbeddedPostgres.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that lets nobody but its superuser in without a password. */
  public static Postgres startWithPasswords() {
    Postgres postgres = start();
    try (Connection connection = postgres.server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show hba_file")) {
      result.next();
      Files.writeString(
          Path.of(result.getString(1)),
          """
          host all postgres 127.0.0.1/32 trust
          host all all      127.0.0.1/32 scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
      return postgres;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates an empty database with an owner that has a password. */
  public Database create(String name) {
    Database database =
        new Database(
            "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, name, "secret-" + name);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create role %s login password '%s'".formatted(database.user(), database.password()));
      statement.execute("create database %s owner %s".formatted(name, database.user()));
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a database is and who may use it. */
  public record Database(String url, String user, String password) {}
}
