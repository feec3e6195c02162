package org.muster.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.EventStore;
import org.muster.feed.Feed;
import org.muster.kernel.TenantId;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Kind;
import org.muster.receiver.Leased;
import org.muster.receiver.ReceiverId;

/**
 * Delivers the events of all tenants to their receivers. Each receiver has its position in the
 * feed; nothing is copied, and nobody who writes waits. Of several nodes, one at a time serves a
 * receiver, by a lease; a node takes over what another one has left some seconds ago. Thread-safe.
 */
public final class Deliveries {
  private static final Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final int RECEIVERS_MOST = 100_000;

  /** Of the free ones, that a node takes at once; so that several share them. */
  private static final int CLAIM_MOST = 50;

  private static final long TICK_MILLIS = 200;
  private static final Duration STOP = Duration.ofSeconds(15);

  private final String node = UUID.randomUUID().toString();
  private final Turn.Delivering delivering;
  private final ThreadFactory threads;
  private final ThreadPoolExecutor workers;
  private final Map<ReceiverId, Follower> followers = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean stopped;
  private @Nullable Thread dispatcher;
  private EventStore.@Nullable Subscription news;
  private volatile Instant claimDue = Instant.MIN;

  /**
   * Deliveries that have not begun.
   *
   * @param writes where what came of them becomes transactions
   * @param threads on which transactions can be made
   */
  public Deliveries(
      EventStore events,
      DeliveryLog log,
      Writes writes,
      Transports transports,
      DeliverySettings settings,
      Meter meter,
      ThreadFactory threads) {
    this.threads = threads;
    this.delivering =
        new Turn.Delivering(
            node,
            events,
            new Feed(events),
            log,
            writes,
            transports,
            settings,
            meter,
            Clock.systemUTC());
    this.workers =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads);
    workers.allowCoreThreadTimeOut(true);
  }

  /** Begins. */
  public synchronized void start() {
    if (dispatcher == null && !stopped) {
      dispatcher = threads.newThread(this::dispatch);
      dispatcher.start();
    }
  }

  /** Ends: what is being sent is still noted, and other nodes may go on at once. */
  public void stop() {
    Thread thread;
    synchronized (this) {
      stopped = true;
      thread = dispatcher;
    }
    stopping.countDown(); // no interrupt: H2 closes its file if one comes while it writes
    followers.values().forEach(Follower::stop);
    workers.shutdown();
    try {
      if (thread != null) {
        thread.join(STOP.toMillis());
      }
      if (!workers.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "What is being sent to receivers does not end; it is left behind");
      }
      if (thread != null) {
        delivering.writes().write(() -> delivering.log().release(node));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Other nodes deliver when the leases of this one are over", e);
    }
  }

  /** Says that a receiver may have something to do: it was made or changed, or is to be tried. */
  public void wake(ReceiverId id) {
    Follower follower = followers.get(id);
    if (follower == null) {
      claimDue = Instant.MIN; // it may be new
    } else {
      follower.wake();
    }
  }

  /** How long the oldest event waits that is known and not delivered, of those of a kind. */
  public Duration lag(Kind kind) {
    Instant now = delivering.clock().instant();
    return followers.values().stream()
        .filter(follower -> follower.kind() == kind)
        .flatMap(follower -> follower.behind().stream())
        .map(time -> Duration.between(time, now))
        .max(Duration::compareTo)
        .filter(lag -> !lag.isNegative())
        .orElse(Duration.ZERO);
  }

  private void dispatch() {
    while (!stopped) {
      try {
        Instant now = delivering.clock().instant();
        if (!now.isBefore(claimDue)) {
          claimDue = now.plus(delivering.settings().lease().dividedBy(4));
          share(now);
        }
        followers.values().forEach(follower -> follower.tick(now));
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Receivers of events can''t be looked up; tried again soon", e);
        claimDue = delivering.clock().instant().plusSeconds(1);
      }
      try {
        if (stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    EventStore.Subscription open = news;
    if (open != null) {
      open.close();
    }
  }

  /** Takes what is free, keeps what it has, and lets go what is gone or paused. */
  private void share(Instant now) {
    DeliveryLog log = delivering.log();
    List<Leased> leased = log.leased(RECEIVERS_MOST);
    Instant until = now.plus(delivering.settings().lease());
    boolean isToClaim =
        leased.stream().anyMatch(each -> each.isHeldBy(node, now) || !now.isBefore(each.until()));
    if (isToClaim) {
      listen();
      delivering.writes().write(() -> log.claim(node, now, until, CLAIM_MOST));
      leased = log.leased(RECEIVERS_MOST);
    }
    Map<ReceiverId, Leased> mine = new HashMap<>();
    leased.stream()
        .filter(each -> each.isHeldBy(node, now))
        .forEach(each -> mine.put(each.id(), each));
    followers.entrySet().removeIf(each -> isLost(each.getKey(), each.getValue(), mine));
    mine.values().forEach(this::follow);
  }

  private static boolean isLost(ReceiverId id, Follower follower, Map<ReceiverId, Leased> mine) {
    if (mine.containsKey(id)) {
      return false;
    }
    follower.stop();
    return true;
  }

  private void follow(Leased leased) {
    Follower known = followers.get(leased.id());
    if (known == null) {
      known = new Follower(leased, delivering, workers);
      followers.put(leased.id(), known);
    }
    known.extend(leased.until());
  }

  /** Before a receiver is served, so that nothing happens unseen after its first look. */
  private void listen() {
    if (news == null) {
      EventStore events = delivering.events();
      news = events.subscribe(events.end(), EventFilter.ALL, this::tell);
    }
  }

  private void tell(EventPage page) {
    Set<TenantId> tenants = new HashSet<>();
    for (Event event : page.events()) {
      tenants.add(event.stream().tenant());
    }
    if (!tenants.isEmpty()) {
      followers.forEach(
          (id, follower) -> {
            if (tenants.contains(id.tenant())) {
              follower.wake();
            }
          });
    }
  }
}
