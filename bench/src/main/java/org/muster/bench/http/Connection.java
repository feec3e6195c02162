package org.muster.bench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection, opened when it is needed and again after the server closed it. */
final class Connection {
  private final int number;
  private final InetSocketAddress address;
  private final AnswerParser parser = new AnswerParser();
  private @Nullable SocketChannel channel;
  private @Nullable ByteBuffer sending;
  private long sentAt;
  private boolean waiting;

  Connection(int number, InetSocketAddress address) {
    this.number = number;
    this.address = address;
  }

  int number() {
    return number;
  }

  /** Is an answer due? */
  boolean waiting() {
    return waiting;
  }

  long nanosWaited() {
    return System.nanoTime() - sentAt;
  }

  void send(Request request, Selector selector) throws IOException {
    sentAt = System.nanoTime();
    waiting = true;
    parser.reset();
    sending = ByteBuffer.wrap(request.bytes());
    SocketChannel open = channel;
    if (open == null) {
      open = SocketChannel.open();
      channel = open;
      open.setOption(StandardSocketOptions.TCP_NODELAY, true);
      open.connect(address);
      open.configureBlocking(false);
      open.register(selector, SelectionKey.OP_READ, this);
    }
    write(open, selector);
  }

  /** Goes on with a request that the socket did not take whole. */
  private void write(SocketChannel open, Selector selector) throws IOException {
    ByteBuffer rest = sending;
    if (rest == null) {
      return;
    }
    open.write(rest);
    SelectionKey key = open.keyFor(selector);
    if (rest.hasRemaining()) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else {
      sending = null;
      if (key.interestOps() != SelectionKey.OP_READ) {
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }

  /**
   * Does what the socket is ready for.
   *
   * @param scratch is overwritten
   * @return the answer, once it is whole
   */
  @Nullable Answer ready(SelectionKey key, ByteBuffer scratch) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      return null;
    }
    if (key.isWritable()) {
      write(open, key.selector());
    }
    if (!key.isReadable()) {
      return null;
    }
    scratch.clear();
    int count = open.read(scratch);
    if (!waiting && count <= 0) {
      close(); // the server ended an idle connection; the next request opens it again
      return null;
    }
    if (count < 0) {
      throw new IOException(
          parser.empty() ? "Closed without an answer" : "Closed within an answer");
    }
    scratch.flip();
    if (!parser.take(scratch)) {
      return null;
    }
    waiting = false;
    if (!parser.keepAlive()) {
      close();
    }
    return parser.answer(System.nanoTime() - sentAt);
  }

  /** Ends the connection; whatever was due will not come. */
  void close() {
    waiting = false;
    sending = null;
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // nothing is lost: no answer was due, or its loss is being reported
      }
    }
  }
}
