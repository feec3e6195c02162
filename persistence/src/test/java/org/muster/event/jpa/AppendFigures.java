package org.muster.event.jpa;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.muster.event.Append;
import org.muster.event.Envelope;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.Connections;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/**
 * Measures how fast sealed events are appended to PostgreSQL, against bare inserts of the same rows
 * into a table of the same columns and indexes; in turns, as many of a transaction. To be run by
 * hand; the arguments say how many seconds a turn takes, and how many events a transaction has,
 * else 1 and then 100.
 */
final class AppendFigures {
  private static final int ROUNDS = 6;
  private static final int CONTENT = 1_500;
  private static final String BARE =
      "insert into event_bare (no, tenant, collection, id, number, event_id, type, form, version,"
          + " time_ms, actor, content) values (nextval('event_no'), ?, ?, ?, 1, ?, ?, 1, ?, ?, ?, ?)";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final TestDatabase database =
      TestDatabase.postgres().orElseThrow(() -> new IllegalStateException("No PostgreSQL"));
  private final JpaEventStore events =
      database.events(new KeyedSealing(database.keys(KeyWrapping.NONE), true));
  private final TenantId tenant = new TenantId("f" + UUID.randomUUID().toString().replace("-", ""));
  private final JsonDocument content =
      JsonDocument.ofText("{\"document\":\"" + "x".repeat(CONTENT) + "\"}");
  private long made;

  private AppendFigures() {}

  public static void main(String[] arguments) {
    long seconds = arguments.length == 0 ? 4 : Long.parseLong(arguments[0]);
    AppendFigures figures = new AppendFigures();
    figures.database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists event_bare");
            return statement.execute("create table event_bare (like event including all)");
          }
        });
    int[] batches =
        arguments.length < 2 ? new int[] {1, 100} : new int[] {Integer.parseInt(arguments[1])};
    for (int batch : batches) {
      for (int round = 0; round < ROUNDS; round++) {
        double bare = figures.rate(seconds, batch, figures::insert);
        double appended = figures.rate(seconds, batch, figures::append);
        figures.out.printf(
            "%d a transaction: %.0f/s appended, %.0f/s inserted, %.2f%n",
            batch, appended, bare, appended / bare);
      }
    }
    System.exit(0);
  }

  /** What is done with some events in a transaction. */
  private interface Work {
    void with(List<Append> appends);
  }

  private double rate(long seconds, int batch, Work work) {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000;
    long count = 0;
    while (System.nanoTime() < end) {
      List<Append> appends = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        appends.add(next());
      }
      work.with(appends);
      count += batch;
    }
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private Append next() {
    StorageKey stream = new StorageKey(tenant, "User", "user-%012d".formatted(made++));
    Origin origin =
        new Origin(
            "admin",
            Optional.of("client"),
            Optional.of("agent/1.0"),
            Optional.of("request"),
            Optional.of("192.0.2.1"));
    Recorded recorded =
        Recorded.of(EventType.CREATED, new Version(made), Instant.now(), origin, content);
    return new Append(stream, new Expected.Any(), List.of(recorded));
  }

  private void append(List<Append> appends) {
    database.inTransaction(() -> events.append(appends));
  }

  private void insert(List<Append> appends) {
    Connections.Work<int[]> work =
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BARE)) {
            for (Append append : appends) {
              set(statement, append);
              statement.addBatch();
            }
            return statement.executeBatch();
          }
        };
    database.write(work);
  }

  private static void set(PreparedStatement statement, Append append) throws SQLException {
    Recorded recorded = append.events().get(0);
    statement.setString(1, append.stream().tenant().value());
    statement.setString(2, append.stream().collection());
    statement.setString(3, append.stream().id());
    statement.setObject(4, recorded.id());
    statement.setString(5, recorded.type().word());
    statement.setLong(6, recorded.version().orElseThrow().value());
    statement.setLong(7, recorded.time().toEpochMilli());
    statement.setString(8, recorded.origin().actor());
    statement.setBytes(9, Envelope.of(recorded));
  }
}
