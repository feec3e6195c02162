package org.muster.scim.bulk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;

/**
 * The asynchronous requests of this process: those that are being done, a few at a time, and for
 * some time the answers of those that are. Thread-safe.
 */
final class BulkJobs {
  private static final int KEPT = 1_000;

  /** So that a few tenants can't keep all others from asynchronous requests. */
  static final int KEPT_OF_A_TENANT = 100;

  private static final long PATIENCE_SECONDS = 20;

  private final int most;
  private final int mostOfATenant;
  private final Semaphore slots;
  private final Map<TenantId, Integer> taken = new ConcurrentHashMap<>();
  private final Cache<String, BulkJob> jobs;

  /** Single operations: many, whose answers few ask for; the oldest make room. */
  private final Cache<String, BulkJob> singles;

  private final Map<String, BulkJob> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  BulkJobs(int most, Duration keep) {
    this.most = most;
    this.mostOfATenant = (most + 1) / 2;
    this.slots = new Semaphore(most);
    this.jobs =
        Caffeine.newBuilder()
            .expireAfter(new AfterItsEnd(keep.toNanos()))
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(BulkJobs::close)
            .build();
    this.singles =
        Caffeine.newBuilder()
            .expireAfterWrite(keep)
            .maximumSize(KEPT)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(BulkJobs::close)
            .build();
  }

  private static void close(
      @Nullable String transaction, @Nullable BulkJob job, RemovalCause cause) {
    if (job != null && cause != RemovalCause.REPLACED) {
      job.results().close();
    }
  }

  /** Takes the place of a job; 503 if there is none, or none for this tenant. */
  void enter(TenantId tenant, boolean isBulk) {
    boolean isFull = isBulk && (jobs.estimatedSize() >= KEPT || kept(tenant) >= KEPT_OF_A_TENANT);
    if (stopping || isFull || !take(tenant)) {
      throw new ScimException(
          503, "Too many asynchronous requests are being done; try again later");
    }
  }

  /** Takes a place; a tenant gets half of them at most. */
  private boolean take(TenantId tenant) {
    if (taken.merge(tenant, 1, Integer::sum) <= mostOfATenant && slots.tryAcquire()) {
      return true;
    }
    giveBack(tenant);
    return false;
  }

  private void giveBack(TenantId tenant) {
    taken.computeIfPresent(tenant, (of, places) -> places == 1 ? null : places - 1);
  }

  /** How many jobs of a tenant there are, those that are done included. */
  private long kept(TenantId tenant) {
    return jobs.asMap().values().stream().filter(job -> job.tenant().equals(tenant)).count();
  }

  /** Gives the place of a job back. */
  void leave(TenantId tenant) {
    giveBack(tenant);
    slots.release();
  }

  void started(BulkJob job) {
    if (job.isBulk()) {
      jobs.put(job.transaction(), job);
    } else {
      running.put(job.transaction(), job);
    }
  }

  void ended(BulkJob job, boolean done) {
    job.results().settle();
    job.end(done);
    if (job.isBulk()) {
      jobs.put(job.transaction(), job); // from now on its time runs
    } else {
      singles.put(job.transaction(), job);
      running.remove(job.transaction());
    }
  }

  /** A job of a tenant. */
  Optional<BulkJob> find(TenantId tenant, String transaction) {
    return Optional.ofNullable(jobs.getIfPresent(transaction))
        .or(() -> Optional.ofNullable(running.get(transaction)))
        .or(() -> Optional.ofNullable(singles.getIfPresent(transaction)))
        .filter(job -> job.tenant().equals(tenant));
  }

  boolean isStopping() {
    return stopping;
  }

  /** Lets the jobs finish what they are at, and forgets all. */
  void stop() {
    stopping = true;
    try {
      if (slots.tryAcquire(most, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        jobs.invalidateAll();
        jobs.cleanUp();
        singles.invalidateAll();
        singles.cleanUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A job is kept for some time after it was put for the second time. */
  private record AfterItsEnd(long nanos) implements Expiry<String, BulkJob> {
    @Override
    public long expireAfterCreate(String transaction, BulkJob job, long now) {
      return Long.MAX_VALUE;
    }

    @Override
    public long expireAfterUpdate(String transaction, BulkJob job, long now, long left) {
      return nanos;
    }

    @Override
    public long expireAfterRead(String transaction, BulkJob job, long now, long left) {
      return left;
    }
  }
}
