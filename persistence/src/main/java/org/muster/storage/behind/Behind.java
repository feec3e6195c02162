package org.muster.storage.behind;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.muster.event.EventStore;
import org.muster.event.projection.Unit;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.storage.BehindFigures;
import org.muster.storage.DeadWrite;
import org.muster.storage.Moments;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.WriteBehind;
import org.muster.storage.behind.log.Folder;
import org.muster.storage.behind.log.LogEntry;
import org.muster.storage.behind.log.LogFigures;
import org.muster.storage.behind.log.WriteLog;

/** The writes that are pending on this node, the log that has them, and who has them written. */
public final class Behind implements WriteBehind {
  private static final Logger LOG = System.getLogger(Behind.class.getName());
  private static final int FLUSHERS = 2;
  private static final Duration STOP = Duration.ofSeconds(20);

  /** Files that are smaller than that are no reason to begin another one. */
  private static final long UNTIDY_BYTES = 1024;

  private final Set<String> collections;
  private final WriteLog log;
  private final Letters letters;
  private final PendingWrites pending;
  private final Traces traces;
  private final Acknowledging acknowledging;
  private final Flush flush;
  private final Retrying retrying;
  private final CountDownLatch ended = new CountDownLatch(FLUSHERS);
  private boolean isStarted;
  private boolean isStopped;

  /**
   * What surrounds it.
   *
   * @param store where the writes go in the end, and where documents are read that are not pending
   * @param unit runs what it writes in transactions
   * @param moments the store's own
   * @param events what the store has had; there may be none
   * @param served whether a tenant is the one that was of that id at a time
   * @param calls watches the log and what is written
   */
  public record Surroundings(
      StorageProvider store,
      Unit unit,
      Moments moments,
      EventStore events,
      BiPredicate<TenantId, Instant> served,
      Calls calls,
      Clock clock) {}

  /**
   * Opens the log in a folder, with what a run before has left in it.
   *
   * @throws IllegalStateException if it can't be used
   */
  public Behind(Path path, BehindSettings settings, Surroundings around) {
    this.collections = new HashSet<>(settings.collections());
    StorageProvider store = around.store();
    Folder folder = Folder.open(path);
    this.letters = letters(folder, path);
    this.log = WriteLog.open(folder);
    this.pending = new PendingWrites(settings);
    this.traces = new Traces(log, pending);
    this.acknowledging =
        new Acknowledging(
            settings,
            pending,
            log,
            traces,
            around.moments(),
            key -> store.get(key, List.of()),
            around.calls());
    Orphans orphans = new Orphans(around.served());
    this.flush =
        new Flush(
            store,
            around.unit(),
            pending,
            log,
            letters,
            orphans,
            new Outcomes(store, around.events()),
            around.clock());
    this.retrying =
        new Retrying(store, around.unit(), pending.turns(), letters, orphans, flush.dropped);
    log.recovered().forEach(this::recover);
  }

  private static Letters letters(Folder folder, Path path) {
    try {
      return Letters.in(folder);
    } catch (IOException e) {
      folder.close();
      throw new IllegalStateException(path + " can't be read", e);
    }
  }

  /**
   * What the store does not have.
   *
   * @param writes that are pending
   * @param letters dead letters
   */
  public record Left(int writes, int letters) {}

  /**
   * What a run before has left in a folder.
   *
   * @throws IllegalStateException if it can't be used
   */
  public static Left left(Path path) {
    if (!Files.isDirectory(path)) {
      return new Left(0, 0);
    }
    Folder folder = Folder.open(path);
    Letters letters = letters(folder, path);
    try (WriteLog log = WriteLog.open(folder)) {
      return new Left(log.recovered().size(), letters.size());
    }
  }

  private void recover(LogEntry entry) {
    try {
      PendingWrite write = WriteCodec.decode(entry.payload());
      pending.admission().recover(write, entry.number(), entry.payload().length);
      collections.add(write.key().collection());
    } catch (IOException e) {
      log.damaged(entry);
      log.done(List.of(entry.number()));
    }
  }

  /** Those whose documents may be pending: what is configured, and what a run before has left. */
  Set<String> collections() {
    return Set.copyOf(collections);
  }

  PendingWrites pending() {
    return pending;
  }

  Acknowledging acknowledging() {
    return acknowledging;
  }

  /** Whether another write may be acknowledged early, as far as dead letters are concerned. */
  boolean hasRoom() {
    return letters.hasRoom();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public synchronized void start(Consumer<Runnable> threads) {
    if (isStarted || isStopped) {
      return;
    }
    isStarted = true;
    long entries = pending.load().entries();
    if (entries > 0) {
      LOG.log(Level.INFO, "{0} writes of the run before are about to be written", entries);
    }
    for (int i = 0; i < FLUSHERS; i++) {
      threads.accept(this::follow);
    }
  }

  private void follow() {
    try {
      new Flusher(pending, flush, this::tidy).run();
    } finally {
      ended.countDown();
    }
  }

  /** What was written is not kept for longer than it has to be. */
  private void tidy() {
    if (pending.load().entries() == 0 && log.figures().bytes() > UNTIDY_BYTES) {
      log.rewrite(List.of());
    }
  }

  @Override
  public synchronized void stop() {
    if (isStopped) {
      return;
    }
    isStopped = true;
    pending.close();
    try {
      if (isStarted && !pending.awaitEmpty(STOP)) {
        LOG.log(Level.WARNING, "Some writes are left for the next run");
      }
      pending.stop();
      if (isStarted && !ended.await(STOP.toSeconds(), TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "Writing to the store does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      log.close();
    }
  }

  /** Ends as if the process did: nothing more is written, and the folder is free. */
  void abandon() throws InterruptedException {
    pending.stop();
    boolean started;
    synchronized (this) {
      started = isStarted;
      isStopped = true;
    }
    if (started) {
      ended.await();
    }
    log.close();
  }

  /** What is pending of a tenant is dropped; nothing is acknowledged until it is left. */
  long drop(TenantId tenant) {
    List<Logged> dropped = pending.turns().drop(tenant);
    flush.dropped.addAndGet(dropped.size());
    boolean isDone = false;
    try {
      traces.remove(tenant, dropped.stream().map(Logged::number).toList());
      int gone = letters.remove(key -> key.tenant().equals(tenant));
      isDone = true;
      return (long) dropped.size() + gone;
    } finally {
      if (!isDone) {
        pending.turns().leave(tenant);
      }
    }
  }

  @Override
  public void forget(StorageKey key) {
    if (letters.size() > 0) {
      letters.remove(key::equals);
    }
  }

  @Override
  public BehindFigures figures() {
    PendingWrites.Load load = pending.load();
    LogFigures logged = log.figures();
    return new BehindFigures(
        load.entries(),
        load.bytes(),
        load.oldest(),
        logged.bytes(),
        flush.written.get(),
        flush.coalesced.get(),
        letters.size(),
        flush.dead.get(),
        flush.dropped.get(),
        logged.corrupt() + letters.corrupt(),
        load.refused(),
        logged.syncs(),
        Duration.ofNanos(logged.syncNanos()));
  }

  @Override
  public List<DeadWrite> letters(long after, int limit) {
    return letters.page(after, limit);
  }

  @Override
  public Optional<DeadWrite.Whole> letter(long id) {
    return letters
        .open(id)
        .map(
            opened ->
                new DeadWrite.Whole(
                    opened.letter(),
                    opened.writes().get(opened.writes().size() - 1).put().document()));
  }

  @Override
  public boolean retry(long id, boolean overwrite) {
    return retrying.retry(id, overwrite);
  }

  @Override
  public boolean discard(long id) {
    return retrying.discard(id);
  }
}
