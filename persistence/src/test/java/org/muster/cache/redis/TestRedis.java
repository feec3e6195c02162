package org.muster.cache.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** A Redis of the tests' own, on loopback: the one that a test library brings, else Debian's. */
final class TestRedis implements AutoCloseable {
  static final Duration GUARD = Duration.ofSeconds(2);
  private static final Path DEBIAN = Path.of("/usr/bin/redis-server");

  private final Path folder;
  private final Path program;
  private final int port;
  private final String[] settings;
  private Process server;

  private TestRedis(String... settings) throws Exception {
    this.folder = Files.createTempDirectory("muster-redis");
    this.program = program(folder);
    this.port = freePort();
    this.settings = settings;
    this.server = run();
  }

  /** Starts one, with settings as in its configuration, or skips the test and says why. */
  static TestRedis start(String... settings) {
    try {
      return new TestRedis(settings);
    } catch (Exception e) {
      return Assumptions.abort("No Redis runs on this machine: " + e.getMessage());
    }
  }

  private static Path program(Path folder) throws IOException {
    String machine =
        System.getProperty("os.arch").equals("aarch64")
            ? "6.2.7-linux-arm64"
            : "6.2.6-v5-linux-amd64";
    try (InputStream in = TestRedis.class.getResourceAsStream("/redis-server-" + machine)) {
      if (Files.isExecutable(DEBIAN) || in == null) {
        return DEBIAN;
      }
      Path program = folder.resolve("redis-server");
      Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
      if (!program.toFile().setExecutable(true)) {
        throw new IOException("The program can't be made executable");
      }
      return program;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process run() throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--port", "" + port));
    command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--save", ""));
    command.addAll(List.of(settings));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await("Redis listens", () -> listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException(Files.readString(folder.resolve("log")));
    }
    return process;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  RedisNode node() {
    return node(port, Duration.ofSeconds(2));
  }

  static RedisNode node(int port, Duration timeout) {
    return new RedisNode(
        new RedisSettings(
            RedisURI.create("127.0.0.1", port), "muster", timeout, GUARD, Duration.ofMillis(200)),
        Clock.systemUTC());
  }

  int port() {
    return port;
  }

  /** Something done by a client that knows nothing of levels. */
  <T> T bare(Function<StatefulRedisConnection<byte[], byte[]>, T> action) {
    try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      return action.apply(connection);
    }
  }

  /** Ends it without warning. */
  void kill() throws Exception {
    server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  void restart() throws Exception {
    server = run();
  }

  /** Has it say nothing for a while; it takes connections all the same. */
  void pause() throws Exception {
    signal("-STOP");
  }

  void resume() throws Exception {
    signal("-CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", name, "" + server.pid()).start().waitFor(10, TimeUnit.SECONDS);
  }

  /** Waits until something holds; at most 20 seconds. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not in time: " + what);
      }
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    server.destroyForcibly();
  }
}
