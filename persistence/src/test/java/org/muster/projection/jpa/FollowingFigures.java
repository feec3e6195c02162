package org.muster.projection.jpa;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Projection;
import org.muster.event.Recorded;
import org.muster.event.projection.BatchPages;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.projection.ActivityProjection;
import org.muster.projection.RootsProjection;
import org.muster.sql.Sql;
import org.muster.state.Roots;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.jpa.TestDatabase;

/**
 * Measures what it costs to follow events, in processor time of this JVM and of PostgreSQL for each
 * event: to read them, and to apply them to state roots and to activity; pages of created users,
 * then of users that are patched at random. To be run by hand; the arguments say how many users
 * there are before, and how many events a page has.
 */
final class FollowingFigures {
  private static final int ROUNDS = 15;
  private static final long TICK_NANOS = 10_000_000; // of /proc, on every Linux that matters
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final TestDatabase database =
      TestDatabase.postgres().orElseThrow(() -> new IllegalStateException("No PostgreSQL"));
  private final EventStore events =
      database.events(new KeyedSealing(database.keys(KeyWrapping.NONE), true));
  private final TenantId tenant = new TenantId("f" + UUID.randomUUID().toString().replace("-", ""));
  private final Projection roots = new RootsProjection(new Roots(database.nodes()), events);
  private final Projection activity = new ActivityProjection(database.activity(), events);
  private final Map<String, Cost> costs = new LinkedHashMap<>();
  private final Random random = new Random(1);
  private final int page;
  private Position position;
  private int users;
  private long version;

  private record Cost(long jvmNanos, long postgresNanos, long wallNanos) {
    Cost plus(Cost other) {
      return new Cost(
          jvmNanos + other.jvmNanos,
          postgresNanos + other.postgresNanos,
          wallNanos + other.wallNanos);
    }
  }

  private FollowingFigures(int page) {
    this.page = page;
    this.position = events.end();
  }

  public static void main(String[] arguments) {
    int before = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
    FollowingFigures figures =
        new FollowingFigures(arguments.length < 2 ? 1_000 : Integer.parseInt(arguments[1]));
    while (figures.users < before) {
      figures.round(EventType.CREATED);
    }
    figures.costs.clear();
    for (EventType type : List.of(EventType.CREATED, EventType.PATCHED)) {
      for (int round = 0; round < ROUNDS; round++) {
        figures.round(type);
      }
      figures.report(type.word());
    }
    System.exit(0);
  }

  private void round(EventType type) {
    List<Append> appends = new ArrayList<>();
    int first = random.nextInt(users + 1);
    for (int i = 0; i < page; i++) {
      int user = type == EventType.CREATED ? users++ : (first + 7 * i) % users;
      appends.add(append(type, user));
    }
    for (int start = 0; start < page; start += 100) {
      List<Append> part = appends.subList(start, Math.min(page, start + 100));
      database.inTransaction(() -> events.append(part));
    }
    EventPage read =
        measured(
            "read", () -> new BatchPages(events).after(position, EventFilter.DOCUMENTS, 2 * page));
    if (read.events().size() != page) {
      throw new IllegalStateException(read.events().size() + " events of " + page);
    }
    position = read.next();
    apply(roots, read.events());
    apply(activity, read.events());
  }

  private void apply(Projection projection, List<Event> read) {
    measured(
        projection.name(),
        () ->
            database.inTransaction(
                () -> {
                  projection.apply(read);
                  return true;
                }));
  }

  private Append append(EventType type, int n) {
    StorageKey key =
        new StorageKey(tenant, "User", new UUID(31L * n * 0x9E3779B97F4A7C15L, n).toString());
    String document =
        """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"user%1$d@example.com",\
        "externalId":"%2$s","name":{"givenName":"Given%1$d","familyName":"Family%1$d"},"emails":\
        [{"value":"user%1$d@example.com","type":"work","primary":true}],"active":%3$s,"title":\
        "Engineer","addresses":[{"type":"work","streetAddress":"%1$d Main Street","locality":"Town",\
        "postalCode":"12345","country":"DE"}],"phoneNumbers":[{"type":"work","value":"+49 30 %1$d"}]}\
        """
            .formatted(n, key.id(), random.nextBoolean())
            .strip();
    String keys =
        "\"label\":\"User %1$d\",\"keys\":{\"userName\":[\"user%1$d@example.com\"],".formatted(n)
            + "\"externalId\":[\"%1$s\"],\"emails.value\":[\"user%2$d@example.com\"]}"
                .formatted(key.id(), n);
    Recorded recorded =
        Recorded.of(
            type,
            new Version(++version),
            Instant.now(),
            new Origin(
                "admin",
                Optional.of("client"),
                Optional.of("agent/1.0"),
                Optional.of("request"),
                Optional.of("192.0.2.1")),
            JsonDocument.ofText("{\"document\":" + document + "," + keys + "}"));
    return new Append(key, new Expected.Any(), List.of(recorded));
  }

  private <T> T measured(String what, Supplier<T> work) {
    long postgres = postgresNanos();
    long thread = THREADS.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    T done = work.get();
    Cost cost =
        new Cost(
            THREADS.getCurrentThreadCpuTime() - thread,
            postgresNanos() - postgres,
            System.nanoTime() - begin);
    costs.merge(what, cost, Cost::plus);
    return done;
  }

  private void report(String kind) {
    double count = 1_000.0 * ROUNDS * page;
    costs.forEach(
        (what, cost) ->
            out.printf(
                "%s, %s: %.1f us of the JVM, %.1f us of PostgreSQL for each event, %.0f/s%n",
                kind,
                what,
                cost.jvmNanos() / count,
                cost.postgresNanos() / count,
                count * 1e6 / cost.wallNanos()));
    costs.clear();
  }

  /** Of all its processes that are there. */
  private long postgresNanos() {
    long ticks = 0;
    for (byte[] pid : database.bytes(Sql.of("select pid::text::bytea from pg_stat_activity"))) {
      Path stat = Path.of("/proc", new String(pid, StandardCharsets.US_ASCII), "stat");
      try {
        String[] fields = Files.readString(stat).replaceAll(".*[)] ", "").split(" ", -1);
        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      } catch (NoSuchFileException e) {
        // it has ended
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ticks * TICK_NANOS;
  }
}
