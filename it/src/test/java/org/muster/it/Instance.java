package org.muster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One Muster with a data folder and a port of its own, handled as an operator does: by ./muster.
 */
public final class Instance implements AutoCloseable {
  /** Ports below those that systems take by themselves, others for each process of the tests. */
  private static final int PORTS = 8_000;

  private static final int FIRST_PORT =
      15_000 + PORTS * (Integer.getInteger("muster.it.fork", 1) - 1);
  private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Set<Instance> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Instance::kill)));
  }

  private final Path data;
  private final int port;
  private final Map<String, String> environment = new HashMap<>();

  private Instance(Path data) {
    this.data = data;
    this.port = freePort();
    environment.put("MUSTER_DATA", data.toString());
    environment.put("MUSTER_PORT", Integer.toString(port));
    environment.put("MUSTER_ADDRESS", "127.0.0.1");
    environment.put("MUSTER_ADMIN_TOKEN", UUID.randomUUID().toString());
    environment.put("MUSTER_HEAP", "512m");
    environment.put("MUSTER_BUILD", "never");
    environment.put("MUSTER_TENANTS_ID_REST_SECONDS", "15");
    environment.put("MUSTER_JWT_ALLOW_LOOPBACK", "true");
    environment.put("MUSTER_JWT_REFETCH_SECONDS", "1");
    environment.put("MUSTER_FEED_STREAM_SECONDS", "10");
    environment.put("MUSTER_FEED_HEARTBEAT_SECONDS", "2");
    environment.put("MUSTER_DELIVERY_REJECTIONS", "2");
    environment.put("MUSTER_DELIVERY_ALLOW_HTTP", "localhost");
    environment.put("MUSTER_LIMITS_TRUSTED_PROXIES", "127.0.0.1");
    String repository = System.getProperty("muster.it.repository");
    if (repository != null) {
      environment.put("MUSTER_MAVEN_ARGS", "-Dmaven.repo.local=" + repository);
    }
  }

  /** An instance that is not started yet, on an H2 file, in a fresh folder below target. */
  public static Instance fresh(String name) {
    try {
      Path parent = Files.createDirectories(root().resolve("it/target/instances"));
      Instance instance = new Instance(Files.createTempDirectory(parent, name + "-"));
      OPEN.add(instance);
      return instance;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets an environment variable of the launcher and the server; an empty value removes it. */
  public Instance with(String name, String value) {
    if (value.isEmpty()) {
      environment.remove(name);
    } else {
      environment.put(name, value);
    }
    return this;
  }

  /** Stores in this PostgreSQL database instead. */
  public Instance on(Postgres.Database database) {
    return with("MUSTER_DB_URL", database.url())
        .with("MUSTER_DB_USER", database.user())
        .with("MUSTER_DB_PASSWORD", database.password());
  }

  /** Starts it and waits until it answers; fails with what the launcher printed. */
  public Run start() {
    return launcher("start").orFail();
  }

  /** Ends it gracefully. */
  public Run stop() {
    return launcher("stop").orFail();
  }

  /** Ends it as a loss of power would end the process: at once, without a word. */
  public void kill() {
    process()
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            });
  }

  /** The server's process, if it runs. */
  public Optional<ProcessHandle> process() {
    try {
      Path file = data.resolve("server.pid");
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs ./muster with arguments and waits for its end. */
  public Run launcher(String... arguments) {
    try {
      Path output = Files.createTempFile(data, "launcher-", ".log");
      Process process = builder(output, arguments).start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("./muster hangs: " + Files.readString(output));
      }
      return new Run(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts it in the foreground; whoever calls ends the process. */
  public Process foreground() {
    try {
      return builder(data.resolve("run.log"), "run").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(Path output, String... arguments) {
    List<String> command = new ArrayList<>(List.of(root().resolve("muster").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits until the launcher says that it runs and answers. */
  public void awaitStatus() throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (launcher("status").exit() != 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("Not running after " + PATIENCE);
      }
      Thread.sleep(500);
    }
  }

  /** The regular files below folders of the data folder. */
  public List<Path> files(String... folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> all = Files.walk(data.resolve(folder))) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }

  public int port() {
    return port;
  }

  public Path data() {
    return data;
  }

  /** The server's root, without a slash at the end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The administrator's token. */
  public String token() {
    return environment.getOrDefault("MUSTER_ADMIN_TOKEN", "");
  }

  /** A client of the default tenant with the administrator's token. */
  public ScimClient client() {
    return new ScimClient(url().resolve("/scim/v2"), token());
  }

  /** Stops it, if it runs. */
  @Override
  public void close() {
    stop();
    OPEN.remove(this);
  }

  /** A port that nobody listens on. */
  public static int freePort() {
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      if (isFree(port) && GIVEN_PORTS.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free ports");
  }

  /** Whether nobody listens on a port of this machine. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The folder of the project. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isExecutable(folder.resolve("muster"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("No ./muster above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /** What a call of the launcher gave. */
  public record Run(int exit, String output) {
    Run orFail() {
      if (exit != 0) {
        throw new IllegalStateException("./muster ended with " + exit + ":\n" + output);
      }
      return this;
    }
  }
}
