package org.muster.delivery.fault;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A child process, what it has acknowledged, and its end. */
final class Victim implements AutoCloseable {
  private final Process process;
  private final Thread reader;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final List<String> acknowledged = new ArrayList<>();

  Victim(String databaseUrl) {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            path,
            Child.class.getName());
    builder.environment().put("MUSTER_TEST_POSTGRES", databaseUrl);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(new File("target/crash-child.log")));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::read, "victim");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      while (line != null) {
        if (line.equals("ready")) {
          ready.countDown();
        } else if (line.matches("\\w+ \\w+ [0-9]+")) {
          acknowledged.add(line);
        }
        line = in.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has it begin. */
  void go(String tenant, long seed) throws IOException, InterruptedException {
    if (!ready.await(60, TimeUnit.SECONDS)) {
      throw new IOException("The child does not get ready; see target/crash-child.log");
    }
    OutputStream out = process.getOutputStream();
    out.write((tenant + " " + seed + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Kills it, as by kill -9; all that it has acknowledged. */
  List<String> kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // the process's own method would close its output, too
    process.waitFor();
    reader.join();
    return acknowledged;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
