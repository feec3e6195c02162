package org.muster.feed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;

/**
 * The streams of events that are open on this node, of each tenant a bounded number. Thread-safe.
 */
public final class Streams {
  private final FeedSettings settings;
  private final Map<TenantId, Integer> ofTenant = new HashMap<>();
  private final Set<Place> open = new HashSet<>();
  private boolean stopped;

  /** No streams yet. */
  Streams(FeedSettings settings) {
    this.settings = settings;
  }

  /** How streams are kept. */
  public FeedSettings settings() {
    return settings;
  }

  /**
   * A place for one more stream; empty if there are too many.
   *
   * @param end ends the stream, when the server stops
   */
  public synchronized Optional<Place> open(TenantId tenant, Runnable end) {
    if (stopped
        || open.size() >= settings.streams()
        || ofTenant.getOrDefault(tenant, 0) >= settings.streamsPerTenant()) {
      return Optional.empty();
    }
    Place place = new Place(tenant, end);
    open.add(place);
    ofTenant.merge(tenant, 1, Integer::sum);
    return Optional.of(place);
  }

  private synchronized void leave(Place place) {
    if (open.remove(place)) {
      ofTenant.computeIfPresent(place.tenant, (tenant, count) -> count == 1 ? null : count - 1);
    }
  }

  /** How many are open. */
  public synchronized int count() {
    return open.size();
  }

  /** Ends all streams and opens no more. */
  public void stop() {
    Set<Place> left;
    synchronized (this) {
      stopped = true;
      left = Set.copyOf(open);
    }
    left.forEach(place -> place.end.run());
  }

  /** The place of an open stream. */
  public final class Place implements AutoCloseable {
    private final TenantId tenant;
    private final Runnable end;

    private Place(TenantId tenant, Runnable end) {
      this.tenant = tenant;
      this.end = end;
    }

    /** Leaves the place to others; once is enough. */
    @Override
    public void close() {
      leave(this);
    }
  }
}
