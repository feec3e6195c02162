package org.muster.bench.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends traffic over a fixed number of connections, from the calling thread alone. */
public final class Load implements Closeable {
  private static final int SCRATCH_BYTES = 256 * 1024;
  private static final int LOOK_MILLIS = 500;

  private final Connection[] connections;
  private final Selector selector;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final Duration patience;

  /**
   * Opens nothing yet; connections are made when they are needed.
   *
   * @param patience how long an answer may take, from 1 ms
   */
  public Load(Target target, int count, Duration patience) throws IOException {
    this.patience = patience;
    this.selector = Selector.open();
    this.connections = new Connection[count];
    for (int i = 0; i < count; i++) {
      connections[i] = new Connection(i, target.address());
    }
  }

  /** Runs until no connection has more to send and every answer is in. */
  public void run(Traffic traffic) throws IOException {
    for (Connection connection : connections) {
      sendNext(connection, traffic);
    }
    long looked = System.nanoTime();
    while (anyWaiting()) {
      selector.select(key -> serve(key, traffic), LOOK_MILLIS);
      if (System.nanoTime() - looked > Duration.ofMillis(LOOK_MILLIS).toNanos()) {
        looked = System.nanoTime();
        giveUpOnTheSlow(traffic);
      }
    }
  }

  private boolean anyWaiting() {
    for (Connection connection : connections) {
      if (connection.waiting()) {
        return true;
      }
    }
    return false;
  }

  private void serve(SelectionKey key, Traffic traffic) {
    Connection connection = (Connection) key.attachment();
    Answer answer;
    try {
      answer = connection.ready(key, scratch);
    } catch (IOException e) {
      answer = lost(connection, String.valueOf(e.getMessage()));
    }
    if (answer != null) {
      traffic.answered(connection.number(), answer);
      sendNext(connection, traffic);
    }
  }

  /** Sends until a request is on its way; one that can't be sent is answered at once. */
  private void sendNext(Connection connection, Traffic traffic) {
    @Nullable Request next = traffic.next(connection.number());
    while (next != null) {
      try {
        connection.send(next, selector);
        return;
      } catch (IOException e) {
        traffic.answered(connection.number(), lost(connection, String.valueOf(e.getMessage())));
        next = traffic.next(connection.number());
      }
    }
  }

  private void giveUpOnTheSlow(Traffic traffic) {
    for (Connection connection : connections) {
      if (connection.waiting() && connection.nanosWaited() > patience.toNanos()) {
        traffic.answered(
            connection.number(),
            lost(connection, "No answer within " + patience.toSeconds() + " s"));
        sendNext(connection, traffic);
      }
    }
  }

  private static Answer lost(Connection connection, String reason) {
    long nanos = connection.nanosWaited();
    connection.close();
    return Answer.none(reason, nanos);
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
