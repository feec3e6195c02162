package org.muster.it.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A link between a port of this machine and another one, which can be cut and healed. */
final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** Takes connections to a port, and passes on what they say to another one. */
  TcpProxy(int port, int target) {
    this.target = target;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  private static void start(Runnable action) {
    Thread thread = new Thread(action, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket here = server.accept();
        open.add(here);
        if (cut) {
          end(here);
        } else {
          start(() -> link(here));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void link(Socket here) {
    try {
      Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(there);
      if (cut) {
        end(here);
        end(there);
      }
      start(() -> pass(here, there));
      pass(there, here);
    } catch (IOException e) {
      end(here);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them has ended
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all connections, and each new one. */
  void cut() {
    cut = true;
    open.forEach(this::end);
  }

  /** Takes connections again. */
  void heal() {
    cut = false;
  }

  @Override
  public void close() {
    close(server);
    cut();
  }
}
