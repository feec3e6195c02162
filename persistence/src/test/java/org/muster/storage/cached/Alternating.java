package org.muster.storage.cached;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.LinkSelector;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/** Turns to another node with each call that a cache has to do with. */
final class Alternating extends ForwardingStorage {
  private final List<? extends StorageProvider> nodes;
  private final AtomicInteger calls = new AtomicInteger();

  Alternating(List<? extends StorageProvider> nodes) {
    super(nodes.get(0));
    this.nodes = nodes;
  }

  private StorageProvider next() {
    return nodes.get(Math.floorMod(calls.getAndIncrement(), nodes.size()));
  }

  @Override
  public Optional<Stored> get(StorageKey key, List<LinkSelector> expand) {
    return next().get(key, expand);
  }

  @Override
  public Applied apply(Batch batch) {
    return next().apply(batch);
  }
}
