package org.muster.it.launcher;

import jakarta.jms.ConnectionFactory;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.muster.it.Instance;

/** The message broker that comes with the server, as a process of its own, and its client. */
final class MessageBroker implements AutoCloseable {
  private static final int START_SECONDS = 60;

  private final Path folder;
  private final int port = Instance.freePort();
  private Process process;

  /** A running broker that keeps its messages below a folder. */
  MessageBroker(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.process = launch();
  }

  int port() {
    return port;
  }

  /** Starts it again with what it had. */
  void restart() throws IOException, InterruptedException {
    process = launch();
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Process launch() throws IOException, InterruptedException {
    Path mq = home();
    Process launched =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                mq.resolve("lib/imqbroker.jar")
                    + File.pathSeparator
                    + mq.resolve("lib/imqutil.jar"),
                "-Dimq.home=" + mq,
                "-Dimq.libhome=" + mq.resolve("lib"),
                "-Dimq.etchome=" + mq.resolve("etc"),
                "-Dimq.varhome=" + folder,
                "-Dimq.hostname=127.0.0.1",
                "com.sun.messaging.jmq.jmsserver.Broker",
                "-port",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("broker.log").toFile())
            .start();
    Instant deadline = Instant.now().plusSeconds(START_SECONDS);
    while (!answers()) {
      if (!launched.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(Files.readString(folder.resolve("broker.log")));
      }
      Thread.sleep(200);
    }
    return launched;
  }

  /** Whether its port mapper names the service that clients connect to. */
  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write("101\n".getBytes(StandardCharsets.US_ASCII));
      String services =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return services.contains("\njms ");
    } catch (IOException e) {
      return false;
    }
  }

  /** Connections to a broker on this machine, by the client that comes with the server. */
  static ConnectionFactory client(int port) throws Exception {
    // of the server's copy, since no repository has this client
    URL[] jars = {home().resolve("lib/imq.jar").toUri().toURL()};
    Object factory =
        new URLClassLoader(jars, MessageBroker.class.getClassLoader())
            .loadClass("com.sun.messaging.ConnectionFactory")
            .getDeclaredConstructor()
            .newInstance();
    factory
        .getClass()
        .getMethod("setProperty", String.class, String.class)
        .invoke(factory, "imqAddressList", "mq://127.0.0.1:" + port + "/jms");
    return (ConnectionFactory) factory;
  }

  private static Path home() throws IOException {
    try (Stream<Path> servers = Files.list(Instance.root().resolve(".muster/cache"))) {
      List<Path> found = servers.map(server -> server.resolve("payara6/mq")).toList();
      return found.stream().filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
