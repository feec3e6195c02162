package org.muster.it.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.muster.it.Instance;

/** A Redis of the tests' own, on loopback: Debian's, else the one that a test library brings. */
final class RedisServer implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/bin/redis-server");
  private static final int SECONDS = 20;

  private final int port = Instance.freePort();
  private final Process process;

  private RedisServer() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("muster-redis");
    process =
        new ProcessBuilder(
                program(folder).toString(),
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    for (int i = 0; i < 10 * SECONDS && process.isAlive() && Instance.isFree(port); i++) {
      Thread.sleep(100);
    }
    if (!process.isAlive()) {
      throw new IOException(Files.readString(folder.resolve("log")));
    }
  }

  /** Starts one, or skips the test and says why. */
  static RedisServer start() {
    try {
      return new RedisServer();
    } catch (IOException e) {
      return Assumptions.abort("No Redis runs on this machine: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path program(Path folder) throws IOException {
    String machine =
        System.getProperty("os.arch").equals("aarch64")
            ? "6.2.7-linux-arm64"
            : "6.2.6-v5-linux-amd64";
    try (InputStream in = RedisServer.class.getResourceAsStream("/redis-server-" + machine)) {
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

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    kill();
  }

  /** Ends it without warning. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
