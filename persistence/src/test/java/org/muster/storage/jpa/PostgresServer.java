package org.muster.storage.jpa;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of the tests, one for each JVM: the one that MUSTER_TEST_POSTGRES names with an
 * empty database (user muster); else the system's binaries, as another user if this one is root;
 * else those that come as a dependency. Ends with the JVM.
 */
final class PostgresServer {
  private static final Path SYSTEM = Path.of("/usr/lib/postgresql");
  private static @Nullable DataSource started;
  private static @Nullable String reason;

  private PostgresServer() {}

  /** A database of the server; empty if there is none to be had. */
  static synchronized Optional<DataSource> dataSource() {
    if (started == null && reason == null) {
      try {
        String url = System.getenv("MUSTER_TEST_POSTGRES");
        Optional<Path> binaries = systemBinaries();
        started =
            url != null ? running(url) : binaries.isPresent() ? system(binaries.get()) : embedded();
      } catch (IOException | RuntimeException e) {
        reason = e.toString();
      }
    }
    return Optional.ofNullable(started);
  }

  /** Why there is none. */
  static synchronized String reason() {
    return "PostgreSQL could not be started: " + reason;
  }

  private static DataSource running(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    if (!url.contains("user=")) {
      source.setUser("muster");
    }
    source.setOptions("-c plan_cache_mode=force_generic_plan"); // as the server's pool has it
    return source;
  }

  private static Optional<Path> systemBinaries() throws IOException {
    if (!Files.isDirectory(SYSTEM)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(SYSTEM)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    }
  }

  private static DataSource embedded() throws IOException {
    var server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder().start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
    return server.getPostgresDatabase();
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataSource system(Path bin) throws IOException {
    Path folder = Files.createTempDirectory("muster-postgres");
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      run(List.of("chown", "postgres", folder.toString()), false);
    }
    Path data = folder.resolve("data");
    run(
        List.of(
            bin.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "muster",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N"),
        root);
    int port = freePort();
    List<String> control =
        List.of(
            bin.resolve("pg_ctl").toString(),
            "-D",
            data.toString(),
            "-w",
            "-l",
            folder.resolve("log").toString());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    run(with(control, "-m", "immediate", "stop"), root);
                    run(List.of("rm", "-rf", folder.toString()), false);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                }));
    String options =
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -k "
            + folder;
    run(with(control, "-o", options, "start"), root);
    return running("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  private static void run(List<String> command, boolean asPostgres) throws IOException {
    List<String> all = asPostgres ? with(List.of("runuser", "-u", "postgres", "--")) : List.of();
    List<String> line = new ArrayList<>(all);
    line.addAll(command);
    Path output = Files.createTempFile("muster-postgres", ".out");
    Process process =
        new ProcessBuilder(line)
            .directory(Path.of("/tmp").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(line + ": " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
