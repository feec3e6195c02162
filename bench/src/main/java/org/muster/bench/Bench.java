package org.muster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.muster.bench.data.GroupPlan;
import org.muster.bench.data.People;
import org.muster.bench.data.Population;
import org.muster.bench.http.Target;
import org.muster.bench.load.Ledger;
import org.muster.bench.load.Loader;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.Listener;
import org.muster.bench.report.Names;
import org.muster.bench.report.Results;
import org.muster.bench.scenario.HeapFigures;
import org.muster.bench.scenario.PgBench;
import org.muster.bench.scenario.Scenarios;
import org.muster.bench.scenario.Server;
import org.muster.bench.scenario.Tenancy;

/** The course of a run: load a little, measure, load all, measure the rest. */
final class Bench {
  private static final int FEW = 1000;
  private static final int FEW_TENANTS = 10;

  private final Options options;
  private final long serverPid;
  private final @Nullable PgBench postgres;
  private final Population population;
  private final Ledger ledger;
  private final Loader loader;
  private final Scenarios scenarios;
  private final Tenancy tenancy;
  private final People people;
  private final Results results = new Results();

  private Bench(Options options, Ledger ledger) throws IOException {
    this.options = options;
    this.ledger = ledger;
    OptionalLong pid = Listener.processOn(options.url().getPort());
    this.serverPid =
        pid.orElseThrow(
            () -> new IOException("No process of this machine listens at " + options.url()));
    List<Long> processes = new ArrayList<>(List.of(serverPid));
    if (options.pgPid() > 0) {
      processes.add(options.pgPid());
    }
    this.postgres = postgres(options);
    this.people = new People(options.seed(), "u");
    this.population = new Population(options.users());
    Target target = new Target(options.url(), options.token());
    this.loader = new Loader(target, options.connections(), people, ledger, options.terminal());
    Server server =
        new Server(
            target,
            new CpuClock(processes),
            options.connections(),
            options.warmUp(),
            options.measured());
    this.scenarios = new Scenarios(server, people, population, ledger, options.seed());
    this.tenancy = new Tenancy(server, loader, options.seed());
  }

  private static @Nullable PgBench postgres(Options options) {
    if (options.pgPort() == 0) {
      return null;
    }
    CpuClock clock = new CpuClock(options.pgPid() > 0 ? List.of(options.pgPid()) : List.of());
    return new PgBench(
        options.pgPort(), options.pgUser(), clock, options.folder(), options.connections());
  }

  static Results run(Options options) throws IOException, InterruptedException {
    Files.createDirectories(options.folder());
    try (Ledger ledger = new Ledger(options.folder().resolve("loaded.tsv"))) {
      Bench bench = new Bench(options, ledger);
      try {
        bench.circumstances();
        bench.small();
        bench.limits();
        bench.reads();
        bench.writes();
        bench.heap();
        bench.create();
        bench.tenants();
      } catch (IOException | IllegalStateException | UncheckedIOException e) {
        bench.brokeOff("the run", e); // what was measured until then is still worth a report
      }
      return bench.results;
    }
  }

  private void circumstances() throws IOException, InterruptedException {
    results.circumstance("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    results.circumstance("machine", Machine.describe());
    results.circumstance("Java", System.getProperty("java.vm.version"));
    results.circumstance("users", Integer.toString(options.users()));
    results.circumstance("connections", Integer.toString(options.connections()));
    results.circumstance(
        "warm-up, measured",
        options.warmUp().toSeconds() + " s, " + options.measured().toSeconds() + " s");
    results.circumstance("seed", Long.toString(options.seed()));
    if (postgres != null) {
      results.circumstance("PostgreSQL", postgres.version());
      for (String setting : List.of("fsync", "synchronous_commit", "shared_buffers")) {
        results.circumstance(setting, postgres.setting(setting));
      }
    }
  }

  /** The list of few users can be measured only while there are few. */
  private void small() throws IOException, InterruptedException {
    boolean few = ledger.id(people.userName(FEW)) == null;
    loader.users(FEW);
    vacuum();
    if (few && options.runs(Names.LIST_SMALL)) {
      scenarios.firstPage("cold", FEW); // the server has just started: this one does not count
      attempt(Names.LIST_SMALL, () -> List.of(scenarios.firstPage(Names.LIST_SMALL, FEW)));
    }
  }

  private void limits() throws InterruptedException {
    attempt(Names.SERVLET, () -> List.of(scenarios.constant(Names.SERVLET, "/bench/servlet")));
    attempt(Names.JAXRS, () -> List.of(scenarios.constant(Names.JAXRS, "/bench/jaxrs")));
    PgBench limit = postgres;
    if (limit != null) {
      attempt(
          Names.PG_INSERT,
          () -> List.of(limit.inserts(Names.PG_INSERT, people, options.measured())));
      attempt(Names.PG_READ, () -> List.of(limit.reads(Names.PG_READ, people, options.measured())));
    }
  }

  private void reads() throws IOException, InterruptedException {
    loader.users(options.users());
    loader.groups("teams", population.teams());
    vacuum();
    attempt(Names.GET, () -> List.of(scenarios.get(Names.GET)));
    attempt(Names.GET_HOT, () -> List.of(scenarios.getHot(Names.GET_HOT)));
    attempt(Names.CACHE_GET, () -> List.of(scenarios.getCached(Names.CACHE_GET)));
    attempt(Names.FILTER, () -> List.of(scenarios.filter(Names.FILTER)));
    attempt(Names.LIST, () -> List.of(scenarios.firstPage(Names.LIST, options.users())));
    attempt(Names.CURSOR, () -> scenarios.cursorPages(Names.CURSOR_FIRST, Names.CURSOR_LAST));
  }

  private void writes() throws InterruptedException {
    attempt(Names.PATCH_ACTIVE, () -> List.of(scenarios.patchActive(Names.PATCH_ACTIVE)));
    attempt(Names.REPLACE, () -> List.of(scenarios.replace(Names.REPLACE)));
    members(Names.MEMBER_10, 10, 63 * options.connections());
    members(Names.MEMBER_1000, 1000, 4 * options.connections());
    members(Names.MEMBER_10000, 10_000, options.connections());
  }

  private void members(String name, int size, int count) throws InterruptedException {
    if (size > population.crowd()) {
      System.err.println(name + ": needs " + 2 * size + " users");
      return;
    }
    attempt(
        name,
        () -> {
          List<GroupPlan> groups = population.sized(size, count);
          loader.groups("groups of " + size, groups);
          vacuum();
          return List.of(scenarios.addMember(name, groups));
        });
  }

  private void heap() throws InterruptedException {
    attempt(
        Names.SCAN,
        () -> {
          loader.groups("everybody's group", List.of(population.everybody()));
          vacuum();
          HeapFigures heap = scenarios.scans(Names.SCAN, serverPid, options.scanFilter());
          results.heap(heap);
          return List.of(heap.figures());
        });
  }

  /** Last, since it leaves users behind. */
  private void create() throws InterruptedException {
    attempt(Names.CREATE, () -> List.of(scenarios.create(Names.CREATE, options.seed())));
    if (options.asksFor(Names.FEED_LATENCY)) {
      attempt(
          Names.FEED_LATENCY,
          () -> List.of(scenarios.feedLatency(Names.FEED_LATENCY, options.seed())));
    }
    attempt(Names.BULK, () -> List.of(scenarios.bulk(Names.BULK, options.seed())));
  }

  /** After all others, since other tenants' users make the tables larger. */
  private void tenants() throws InterruptedException {
    attempt(
        Names.TENANTS,
        () -> {
          tenancy.create("cold", FEW_TENANTS);
          tenancy.fill();
          vacuum();
          tenancy.get("cold"); // the server may have just started: this one does not count
          Figures few = tenancy.get(Names.GET_FEW_TENANTS);
          Figures creation = tenancy.create(Names.TENANT_CREATE, options.tenants() - FEW_TENANTS);
          tenancy.fill();
          vacuum();
          return List.of(creation, few, tenancy.get(Names.GET_MANY_TENANTS));
        });
  }

  /** Runs a scenario if it was chosen; one that breaks off is reported and ends no other. */
  private void attempt(String name, Step step) throws InterruptedException {
    if (!options.runs(name)) {
      return;
    }
    try {
      step.run().forEach(results::add);
    } catch (IOException | IllegalStateException | UncheckedIOException e) {
      brokeOff(name, e);
    }
  }

  private void brokeOff(String name, Exception why) {
    System.err.println(name + " broke off: " + why.getMessage());
    results.brokeOff(name, String.valueOf(why.getMessage()));
  }

  private void vacuum() throws IOException, InterruptedException {
    if (postgres != null) {
      postgres.vacuum(options.pgDatabase());
    }
  }

  /** Measures one scenario, or a few that belong together. */
  private interface Step {
    List<Figures> run() throws IOException, InterruptedException;
  }
}
