package org.muster.bench.scenario;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.muster.bench.data.Bodies;
import org.muster.bench.data.GroupPlan;
import org.muster.bench.data.People;
import org.muster.bench.data.Population;
import org.muster.bench.http.Field;
import org.muster.bench.load.Ledger;
import org.muster.bench.measure.Figures;

/** Every kind of request that is measured. */
public final class Scenarios {
  /** How many users a list page has. */
  public static final int PAGE = 100;

  /** Users that are asked for again and again. */
  private static final int HOT = 1_000;

  private static final int CHANGES_PER_SECOND = 500;
  private static final Field TOTAL = new Field("totalResults");
  private static final String CREATED = "created by the benchmark";

  private final Server server;
  private final People people;
  private final Population population;
  private final Ledger ledger;
  private final SplittableRandom random;

  /**
   * Measures one server.
   *
   * @param ledger has the people and the groups that a scenario needs
   */
  public Scenarios(Server server, People people, Population population, Ledger ledger, long seed) {
    this.server = server;
    this.people = people;
    this.population = population;
    this.ledger = ledger;
    this.random = new SplittableRandom(seed);
  }

  /** A constant of 1 KB: what the server costs without Muster. */
  public Figures constant(String name, String path) throws IOException {
    return server.measure(
        name, new Reading(connection -> server.target().get(path), body -> body.length() > 900));
  }

  /** A user with three groups, by id. */
  public Figures get(String name) throws IOException {
    return get(name, population.readers());
  }

  /** A user with three groups, by id: one of a thousand. */
  public Figures getHot(String name) throws IOException {
    return get(name, Math.min(HOT, population.readers()));
  }

  private Figures get(String name, int users) throws IOException {
    Field display = new Field("$ref");
    return server.measure(
        name,
        new Reading(
            connection -> server.target().get(Bodies.USERS + "/" + id(random.nextInt(users))),
            body ->
                body.contains("employeeNumber")
                    && display.texts(body).size() == Population.GROUPS_OF_A_READER));
  }

  /** An entry of 1 KB of a cache for applications: one of a thousand. */
  public Figures getCached(String name) throws IOException {
    CacheEntries.put(server);
    return server.measure(
        name,
        new Reading(
            connection ->
                server.target().get(CacheEntries.path(random.nextInt(CacheEntries.COUNT))),
            body -> body.length() == 1024));
  }

  /** One user by its unique name. */
  public Figures filter(String name) throws IOException {
    return server.measure(
        name,
        new Reading(
            connection ->
                server
                    .target()
                    .get(
                        Bodies.USERS
                            + "?"
                            + Bodies.filter("userName eq \"" + people.userName(anybody()) + "\"")),
            body -> TOTAL.number(body).orElse(-1) == 1));
  }

  /** The first page of a list, with the exact total. */
  public Figures firstPage(String name, int users) throws IOException {
    long total = total(users);
    return server.measure(
        name,
        new Reading(
            connection -> server.target().get(Bodies.USERS + "?startIndex=1&count=" + PAGE),
            body -> TOTAL.number(body).orElse(-1) == total));
  }

  /** The first and the last full page of a walk by cursor over everybody. */
  public List<Figures> cursorPages(String first, String last) throws IOException {
    CursorWalk walk = new CursorWalk(server.target(), PAGE);
    walk.walk(server, total(population.people()));
    return List.of(page(first, CursorWalk.firstPage(PAGE)), page(last, walk.lastFullPage()));
  }

  private Figures page(String name, String path) throws IOException {
    Field location = new Field("location");
    return server.measure(
        name,
        new Reading(
            connection -> server.target().get(path), body -> location.texts(body).size() == PAGE));
  }

  /** New users; they stay. */
  public Figures create(String name, long seed) throws IOException {
    People newcomers = new People(seed, "n" + Long.toString(System.currentTimeMillis(), 36));
    int[] index = {0};
    Writing source =
        new Writing(
            connection -> server.target().post(Bodies.USERS, newcomers.json(index[0]++)), 201, 201);
    try {
      return server.measure(name, source);
    } finally {
      long before = createdBefore();
      ledger.add(CREATED, Long.toString(before + source.succeeded()));
      ledger.flush();
    }
  }

  /**
   * New users, 500 a second; they stay. The times are those from an answer to the arrival of the
   * change at a client that follows the feed.
   */
  public Figures feedLatency(String name, long seed) throws IOException {
    People newcomers = new People(seed, "f" + Long.toString(System.currentTimeMillis(), 36));
    FeedLatency feed = new FeedLatency(server.target());
    try {
      Figures figures =
          feed.measure(
              name,
              newcomers,
              CHANGES_PER_SECOND,
              server.clock(),
              server.warmUp(),
              server.measured());
      System.err.println(figures);
      return figures;
    } finally {
      ledger.add(CREATED, Long.toString(createdBefore() + feed.created()));
      ledger.flush();
    }
  }

  /**
   * New users, a thousand in one request; they stay. The figures are those of users, but for the
   * times, which are those of requests.
   */
  public Figures bulk(String name, long seed) throws IOException {
    People newcomers = new People(seed, "b" + Long.toString(System.currentTimeMillis(), 36));
    BulkCreating source = new BulkCreating(server.target(), newcomers);
    try {
      return server.measure(name, source).times(Bodies.TOGETHER);
    } finally {
      ledger.add(CREATED, Long.toString(createdBefore() + source.created()));
      ledger.flush();
    }
  }

  /** Whole users replaced by others that differ in the title. */
  public Figures replace(String name) throws IOException {
    int[] revision = {1 + random.nextInt(1_000_000)};
    return server.measure(
        name,
        new Writing(
            connection -> {
              int person = readerOf(connection);
              return server
                  .target()
                  .put(Bodies.USERS + "/" + id(person), people.json(person, revision[0]++));
            },
            200,
            200));
  }

  /** Users deactivated and activated in turn. */
  public Figures patchActive(String name) throws IOException {
    boolean[] inactive = new boolean[population.readers()];
    return server.measure(
        name,
        new Writing(
            connection -> {
              int person = readerOf(connection);
              inactive[person] = !inactive[person];
              return server
                  .target()
                  .patch(Bodies.USERS + "/" + id(person), Bodies.activate(!inactive[person]));
            },
            200,
            204));
  }

  /** One member more in groups of one size. */
  public Figures addMember(String name, List<GroupPlan> groups) throws IOException {
    List<String> ids = groups.stream().map(group -> ledger.mustHave(group.displayName())).toList();
    List<String> newcomers =
        IntStream.range(0, Math.min(1000, population.readers())).mapToObj(this::id).toList();
    return new MemberAdditions(server, groups.get(0).size(), ids, newcomers).measure(name);
  }

  /** Filters that no index helps and nobody matches, while one client reads the largest group. */
  public HeapFigures scans(String name, long serverPid, String expression)
      throws IOException, InterruptedException {
    String everybody = ledger.mustHave(population.everybody().displayName());
    String scan = Bodies.USERS + "?" + Bodies.filter(expression);
    String group = Bodies.GROUPS + "/" + everybody;
    Reading scans =
        new Reading(
            connection -> server.target().get(connection == server.connections() ? group : scan),
            body ->
                TOTAL.number(body).orElse(-1) == 0
                    || (body.contains(everybody) && body.length() > 36 * population.people()));
    return HeapUnderLoad.measure(server, name, scans, serverPid);
  }

  private long total(int users) {
    return users + createdBefore();
  }

  private long createdBefore() {
    String count = ledger.id(CREATED);
    return count == null ? 0 : Long.parseLong(count);
  }

  private String id(int person) {
    return ledger.mustHave(people.userName(person));
  }

  private int anybody() {
    return random.nextInt(population.people());
  }

  /** A reader whom no other connection writes to. */
  private int readerOf(int connection) {
    int each = population.readers() / server.connections();
    return connection + random.nextInt(each) * server.connections();
  }
}
