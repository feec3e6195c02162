package org.muster.bench;

import java.io.IOException;
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
import org.muster.bench.measure.Listener;
import org.muster.bench.report.Names;
import org.muster.bench.report.Results;
import org.muster.bench.scenario.PgBench;
import org.muster.bench.scenario.Scenarios;
import org.muster.bench.scenario.Server;

/** The course of a run: load a little, measure, load all, measure the rest. */
final class Bench {
  private static final int FEW = 1000;

  private final Options options;
  private final long serverPid;
  private final @Nullable PgBench postgres;
  private final Population population;
  private final Ledger ledger;
  private final Loader loader;
  private final Scenarios scenarios;
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
      bench.circumstances();
      bench.small();
      bench.limits();
      bench.reads();
      bench.writes();
      bench.heap();
      bench.create();
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
      results.add(scenarios.firstPage(Names.LIST_SMALL, FEW));
    }
  }

  private void limits() throws IOException, InterruptedException {
    if (options.runs(Names.SERVLET)) {
      results.add(scenarios.constant(Names.SERVLET, "/bench/servlet"));
    }
    if (options.runs(Names.JAXRS)) {
      results.add(scenarios.constant(Names.JAXRS, "/bench/jaxrs"));
    }
    if (postgres != null && (options.runs(Names.PG_INSERT) || options.runs(Names.PG_READ))) {
      postgres
          .measure(Names.PG_INSERT, Names.PG_READ, people, options.measured())
          .forEach(results::add);
    }
  }

  private void reads() throws IOException, InterruptedException {
    loader.users(options.users());
    loader.groups("teams", population.teams());
    vacuum();
    if (options.runs(Names.GET)) {
      results.add(scenarios.get(Names.GET));
    }
    if (options.runs(Names.FILTER)) {
      results.add(scenarios.filter(Names.FILTER));
    }
    if (options.runs(Names.LIST)) {
      results.add(scenarios.firstPage(Names.LIST, options.users()));
    }
    if (options.runs(Names.CURSOR_FIRST) || options.runs(Names.CURSOR_LAST)) {
      scenarios.cursorPages(Names.CURSOR_FIRST, Names.CURSOR_LAST).forEach(results::add);
    }
  }

  private void writes() throws IOException, InterruptedException {
    if (options.runs(Names.PATCH_ACTIVE)) {
      results.add(scenarios.patchActive(Names.PATCH_ACTIVE));
    }
    if (options.runs(Names.REPLACE)) {
      results.add(scenarios.replace(Names.REPLACE));
    }
    members(Names.MEMBER_10, 10, 63 * options.connections());
    members(Names.MEMBER_1000, 1000, 4 * options.connections());
    members(Names.MEMBER_10000, 10_000, options.connections());
  }

  private void members(String name, int size, int count) throws IOException, InterruptedException {
    if (!options.runs(name)) {
      return;
    }
    if (size > population.crowd()) {
      System.err.println(name + ": needs " + 2 * size + " users");
      return;
    }
    List<GroupPlan> groups = population.sized(size, count);
    loader.groups("groups of " + size, groups);
    vacuum();
    results.add(scenarios.addMember(name, groups));
  }

  private void heap() throws IOException, InterruptedException {
    if (options.runs(Names.SCAN)) {
      loader.groups("everybody's group", List.of(population.everybody()));
      vacuum();
      results.add(scenarios.scans(Names.SCAN, serverPid, options.scanFilter()));
    }
  }

  /** Last, since it leaves users behind. */
  private void create() throws IOException {
    if (options.runs(Names.CREATE)) {
      results.add(scenarios.create(Names.CREATE, options.seed()));
    }
  }

  private void vacuum() throws IOException, InterruptedException {
    if (postgres != null) {
      postgres.vacuum(options.pgDatabase());
    }
  }
}
