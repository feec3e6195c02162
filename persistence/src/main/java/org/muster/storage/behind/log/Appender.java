package org.muster.storage.behind.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes what many threads append at the same moment in one step, and forces it once. */
final class Appender {
  /** Where it is written to, with the numbers of the entries that are in it. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] bytes, boolean force, List<Long> entries) throws IOException;
  }

  private final Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private Group gathering = new Group();
  private boolean writing;

  private static final class Group {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<Long> entries = new ArrayList<>();
    boolean force;
    boolean done;
    @Nullable IOException failure;
  }

  Appender(Sink sink) {
    this.sink = sink;
  }

  /**
   * Returns when it is written, and survives if {@code force}.
   *
   * @param entries the numbers of the entries that are in it
   * @throws IOException if nothing of it was written for sure
   */
  void append(byte[] bytes, boolean force, List<Long> entries) throws IOException {
    lock.lock();
    try {
      Group mine = gathering;
      mine.bytes.writeBytes(bytes);
      mine.force |= force;
      mine.entries.addAll(entries);
      while (writing && !mine.done) {
        written.awaitUninterruptibly();
      }
      if (!mine.done) {
        gathering = new Group();
        lead(mine);
      }
      if (mine.failure != null) {
        throw new IOException(mine.failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead(Group group) {
    writing = true;
    lock.unlock();
    group.failure = new IOException("It could not be written"); // whatever is thrown
    try {
      sink.write(group.bytes.toByteArray(), group.force, group.entries);
      group.failure = null;
    } catch (IOException e) {
      group.failure = e;
    } catch (RuntimeException e) {
      group.failure = new IOException(e);
    } finally {
      lock.lock();
      writing = false;
      group.done = true;
      written.signalAll();
    }
  }
}
