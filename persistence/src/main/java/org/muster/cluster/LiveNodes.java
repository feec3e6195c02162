package org.muster.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.muster.cache.Coherence;
import org.muster.storage.StorageException;

/**
 * This node among those of its database. It beats every second, and relies on what it has seen of
 * the others for {@link #TRUST} from the moment when it asked. Who joins while others are live
 * waits for longer than that before it serves: by then they have seen it, or rely on nothing.
 * Thread-safe.
 */
public final class LiveNodes {
  /** From one beat to the next. */
  public static final Duration BEAT = Duration.ofSeconds(1);

  /** How long a view is relied upon; less than a node is live without a beat. */
  public static final Duration TRUST = Duration.ofSeconds(3);

  /** Clocks that measure durations do not differ by more in that time. */
  private static final Duration MARGIN = Duration.ofMillis(100);

  private final Node self;
  private final NodeRegistry registry;
  private final LongSupplier nanos;
  private final Strangers strangers = new Strangers();
  private final List<NodeCoherence> coherences = new CopyOnWriteArrayList<>();
  private volatile @Nullable View view;
  private boolean ended;

  /**
   * A node that has not joined.
   *
   * @param nanos measures durations; does not jump
   */
  public LiveNodes(Node self, NodeRegistry registry, LongSupplier nanos) {
    this.self = self;
    this.registry = registry;
    this.nanos = nanos;
  }

  /**
   * Enters this node.
   *
   * @return how long it must beat before it serves; zero if it is alone
   */
  public synchronized Duration join() {
    registry.begin(self);
    take(look());
    return others().isEmpty() ? Duration.ZERO : TRUST.plus(MARGIN);
  }

  /** Renews this node and sees who else is there; if that fails, it relies on nothing soon. */
  public synchronized void beat() {
    if (ended) {
      return;
    }
    try {
      take(look());
    } catch (StorageException e) {
      strangers.silent(e);
    }
  }

  /** Says that this node has ended. */
  public synchronized void end() {
    ended = true;
    view = null;
    registry.end(self);
  }

  public Node self() {
    return self;
  }

  /** The others, as they were seen last. */
  public List<Node> others() {
    View known = view;
    return known == null ? List.of() : known.seen().others();
  }

  /**
   * What is connected as long as it is known that each other live node is one that is heard.
   *
   * @param heard whether the node of a name tells this one what it voids; asked with each read
   */
  public synchronized Coherence coherence(Predicate<String> heard) {
    View known = trusted();
    NodeCoherence coherence = new NodeCoherence(this, heard);
    if (known != null) {
      coherence.began(known);
    }
    coherences.add(coherence);
    return coherence;
  }

  /** What was seen, if it is young enough to be relied upon. */
  @Nullable View trusted() {
    View known = view;
    return known != null && nanos.getAsLong() - known.askedNanos() < TRUST.toNanos() ? known : null;
  }

  private View look() {
    long asked = nanos.getAsLong();
    return new View(asked, registry.beat(self));
  }

  private void take(View seen) {
    View old = view;
    for (NodeCoherence each : coherences) {
      if (old == null) {
        each.began(seen);
      } else if (!seen.follows(old)) {
        each.missed();
      }
    }
    view = seen;
    for (NodeCoherence each : coherences) {
      each.seen(seen);
    }
    strangers.seen(seen.seen().others(), coherences);
  }
}
