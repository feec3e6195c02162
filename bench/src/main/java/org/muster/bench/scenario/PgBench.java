package org.muster.bench.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.muster.bench.data.People;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.measure.Latencies;

/**
 * What PostgreSQL does without a server in front of it, by pgbench: single-row inserts of a 1 KB
 * jsonb, and reads of it by primary key, both as prepared statements.
 */
public final class PgBench {
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final String DATABASE = "muster_bench_limits";
  private static final int ROWS = 100_000;
  private static final int ROW_BYTES = 1000;
  private static final int THREADS = 2;

  private final List<String> connection;
  private final CpuClock clock;
  private final Path folder;
  private final int clients;

  /**
   * Measures the PostgreSQL at a port of this machine.
   *
   * @param user may create databases, without a password
   * @param folder for scripts and logs
   */
  public PgBench(int port, String user, CpuClock clock, Path folder, int clients) {
    this.connection = List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", user);
    this.clock = clock;
    this.folder = folder;
    this.clients = clients;
  }

  /** Brings the planner's statistics and the visibility map up to date, as autovacuum would. */
  public void vacuum(String database) throws IOException, InterruptedException {
    psql(database, "vacuum analyze");
  }

  /** The version that the server reports. */
  public String version() throws IOException, InterruptedException {
    return psql("postgres", "show server_version").strip();
  }

  /** The value of a server parameter. */
  public String setting(String name) throws IOException, InterruptedException {
    return psql("postgres", "show " + name).strip();
  }

  /** Single-row inserts, into a database of its own, which is dropped. */
  public Figures inserts(String name, People people, Duration measured)
      throws IOException, InterruptedException {
    return measure(
        name, "insert into document (body) values (cast(:body as jsonb));\n", people, measured);
  }

  /** Reads by primary key, from a database of its own, which is dropped. */
  public Figures reads(String name, People people, Duration measured)
      throws IOException, InterruptedException {
    return measure(
        name,
        "\\set id random(1, " + ROWS + ")\nselect body from document where id = :id;\n",
        people,
        measured);
  }

  private Figures measure(String name, String script, People people, Duration measured)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".sql");
    Files.writeString(file, script);
    psql("postgres", "drop database if exists " + DATABASE);
    psql("postgres", "create database " + DATABASE);
    try {
      psql(
          DATABASE,
          "create table document (id bigint generated always as identity primary key,"
              + " body jsonb not null)");
      psql(
          DATABASE,
          "insert into document (body) select jsonb_build_object('n', n, 'text', repeat('x', "
              + ROW_BYTES
              + ")) from generate_series(1, "
              + ROWS
              + ") n");
      vacuum(DATABASE);
      run("warm", file, people.json(0), Duration.ofSeconds(Math.min(5, measured.toSeconds())));
      return run(name, file, people.json(0), measured);
    } finally {
      psql("postgres", "drop database " + DATABASE);
    }
  }

  private Figures run(String name, Path script, String body, Duration time)
      throws IOException, InterruptedException {
    deleteLogs();
    List<String> command = new ArrayList<>(List.of("pgbench"));
    command.addAll(connection);
    command.addAll(List.of("-n", "-M", "prepared", "-D", "body=" + body));
    command.addAll(List.of("-c", Integer.toString(clients), "-j", Integer.toString(THREADS)));
    command.addAll(List.of("-T", Long.toString(time.toSeconds()), "-f", script.toString()));
    command.addAll(List.of("-l", "--log-prefix", folder.resolve("pgbench_log").toString()));
    command.add(DATABASE);
    CpuClock.Reading start = clock.read();
    String out = output(command);
    CpuClock.Spent spent = start.until(clock.read());
    Latencies latencies = latencies();
    Figures figures =
        new Figures(
            name,
            latencies.count(),
            failed(out),
            latencies.percentileMillis(0.5),
            latencies.percentileMillis(0.99),
            spent);
    return name.equals("warm") ? figures : Server.told(figures, new Complaints());
  }

  static long failed(String output) throws IOException {
    Matcher matcher = FAILED.matcher(output);
    if (!matcher.find()) {
      throw new IOException("pgbench said: " + output);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** Reads the transaction logs: client, number, microseconds, and more. */
  private Latencies latencies() throws IOException {
    Latencies latencies = new Latencies();
    for (Path log : logs()) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.forEach(line -> latencies.add(micros(line) * 1000));
      }
    }
    deleteLogs();
    return latencies;
  }

  static long micros(String line) {
    int second = line.indexOf(' ', line.indexOf(' ') + 1);
    return Long.parseLong(line.substring(second + 1, line.indexOf(' ', second + 1)));
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("pgbench_log."))
          .toList();
    }
  }

  private void deleteLogs() throws IOException {
    for (Path log : logs()) {
      Files.delete(log);
    }
  }

  private String psql(String database, String sql) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("psql"));
    command.addAll(connection);
    command.addAll(List.of("-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql));
    return output(command);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          String.format(Locale.ROOT, "%s ended with %d: %s", command.get(0), status, out));
    }
    return out;
  }
}
