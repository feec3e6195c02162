package org.muster.storage.sourced;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.muster.event.Append;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.SnapshotStore;
import org.muster.event.StreamRead;
import org.muster.event.document.DocumentReplay;
import org.muster.event.document.DocumentStates;
import org.muster.event.projection.BatchPages;
import org.muster.event.projection.SharedPages;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.People;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.journal.JournaledStorage;
import org.muster.storage.jpa.TestDatabase;
import org.muster.storage.memory.MemoryStorage;

/**
 * Measures how fast sealed events of PostgreSQL become documents: in the heap, in PostgreSQL, and
 * one with a long history. To be run by hand; the first argument says how many users.
 */
final class ReplayFigures {
  private static final int CHUNK = 500;
  private static final int PAGE = 2_000;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final TestDatabase database =
      TestDatabase.postgres().orElseThrow(() -> new IllegalStateException("No PostgreSQL"));
  private final Sealing sealing = new KeyedSealing(database.keys(KeyWrapping.NONE), true);
  private final EventStore events = database.events(sealing);
  private final TenantId tenant = new TenantId("f" + UUID.randomUUID().toString().replace("-", ""));
  private final List<Append> waiting = new ArrayList<>();
  private final StorageProvider source =
      new JournaledStorage(new MemoryStorage(Clock.systemUTC()), new Collecting());

  private ReplayFigures() {}

  public static void main(String[] arguments) {
    int users = arguments.length == 0 ? 50_000 : Integer.parseInt(arguments[0]);
    ReplayFigures figures = new ReplayFigures();
    figures.fill(users);
    for (int round = 0; round < 8; round++) {
      figures.replay("the heap", new MemoryStorage(Clock.systemUTC()), Integer.MAX_VALUE);
    }
    figures.read();
    figures.replay(
        "PostgreSQL",
        figures.database.transactional(figures.database.storage(Clock.systemUTC())),
        20_000);
    figures.load();
    System.exit(0);
  }

  private StorageKey user(int n) {
    return new StorageKey(tenant, "User", "user-" + n);
  }

  private static JsonDocument person(int n) {
    return People.document(
        "{'userName':'user"
            + n
            + "@example.com','externalId':'"
            + UUID.nameUUIDFromBytes(new byte[] {(byte) n, (byte) (n >> 8), (byte) (n >> 16)})
            + "','name':{'givenName':'Given"
            + n
            + "','familyName':'Family"
            + n
            + "'},'emails':[{'value':'user"
            + n
            + "@example.com','type':'work','primary':true}],'active':true,'title':'Engineer',"
            + "'department':'Department "
            + n % 50
            + "'}");
  }

  private void fill(int users) {
    long begin = System.nanoTime();
    for (int n = 0; n < users; n++) {
      source.apply(
          Batch.builder(tenant)
              .add(People.put(user(n), person(n)))
              .add(new Change.Claim(user(n), "userName", "user" + n + "@example.com"))
              .build());
      flush(CHUNK);
    }
    flush(1);
    for (int n = 0; n < users / 2; n++) {
      Stored before = source.get(user(n), List.of()).orElseThrow();
      JsonDocument after =
          JsonDocument.of(before.document().tree().deepCopy().put("title", "Lead " + n));
      source.apply(
          Batch.put(
              People.put(user(n), after).madeOf(before, true),
              new Precondition.At(before.version())));
      flush(CHUNK);
    }
    flush(1);
    for (int g = 0; g < CHUNK; g++) {
      source.apply(
          Batch.put(
              People.put(new StorageKey(tenant, "Group", "g" + g), "{'displayName':'g'}"),
              new Precondition.Any()));
    }
    flush(1);
    for (int n = 0; n < users / 2; n++) {
      source.apply(
          Batch.builder(tenant)
              .add(
                  new Change.AddLinks(
                      new StorageKey(tenant, "Group", "g" + n % CHUNK),
                      "members",
                      List.of(user(n))))
              .build());
      flush(CHUNK);
    }
    flush(1);
    out.printf("filled in %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }

  private void flush(int least) {
    if (waiting.size() >= least) {
      database.inTransaction(() -> events.append(waiting));
      waiting.clear();
    }
  }

  private void read() {
    long begin = System.nanoTime();
    long count = 0;
    Position position = Position.START;
    EventPage page;
    do {
      page = new BatchPages(events).after(position, EventFilter.of(tenant), PAGE);
      count += page.events().size();
      position = page.next();
    } while (!page.complete());
    report("reading alone", count, begin);
  }

  private void replay(String where, StorageProvider target, long most) {
    DocumentReplay replay = new DocumentReplay(target);
    SharedPages pages = new SharedPages(events);
    pages.readAhead(Executors.newSingleThreadExecutor());
    long begin = System.nanoTime();
    long count = 0;
    Position position = Position.START;
    EventPage page;
    do {
      page = pages.after(position, EventFilter.of(tenant), PAGE);
      replay.apply(page.events());
      count += page.events().size();
      position = page.next();
    } while (!page.complete() && count < most);
    report("replay into " + where, count, begin);
  }

  private void report(String what, long count, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    out.printf("%s: %d events in %.2f s, %.0f/s%n", what, count, seconds, count / seconds);
  }

  private void load() {
    for (int size : new int[] {10, 10_000}) {
      StorageKey key = new StorageKey(tenant, "User", "long-" + size);
      SnapshotStore snapshots = database.snapshots(sealing);
      DocumentStates states = new DocumentStates(events, snapshots, 100);
      for (int n = 0; n < size; n++) {
        source.apply(Batch.put(People.put(key, person(n)), new Precondition.Any()));
        List<Append> one = List.copyOf(waiting);
        waiting.clear();
        database.inTransaction(
            () -> {
              List<Event> appended = events.append(one);
              states.appended(appended);
              return true;
            });
      }
      for (int i = 0; i < 200; i++) {
        states.load(key);
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        states.load(key);
      }
      out.printf(
          "load of a document with %d events: %.2f ms%n",
          size, (System.nanoTime() - begin) / 200e6);
    }
  }

  /** Keeps what is appended until there is enough of it. */
  private final class Collecting implements EventStore {
    @Override
    public List<Event> append(List<Append> appends) {
      waiting.addAll(appends);
      return List.of();
    }

    @Override
    public List<Event> read(StreamRead read) {
      return List.of();
    }

    @Override
    public EventPage after(Position position, EventFilter filter, int limit) {
      return new EventPage(List.of(), position, true);
    }

    @Override
    public Position end() {
      return Position.START;
    }

    @Override
    public Subscription subscribe(
        Position after, EventFilter filter, Consumer<EventPage> subscriber) {
      return () -> {};
    }

    @Override
    public List<StorageKey> streams(
        TenantId of, String collection, Optional<String> afterId, int limit) {
      return List.of();
    }

    @Override
    public long erase(TenantId of, int most) {
      return 0;
    }
  }
}
