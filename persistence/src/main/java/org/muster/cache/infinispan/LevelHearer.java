package org.muster.cache.infinispan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.VoidListener;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.SpaceState;
import org.muster.cache.coded.SpaceStates;
import org.muster.cache.coded.SpaceView;
import org.muster.cache.coded.ToldCoherence;

/** Does for a level what other nodes tell of: takes generations, and marks keys as voided. */
final class LevelHearer implements Control.Hearer {
  private final Sharing sharing;
  private final Entries entries;
  private final SpaceStates spaces;
  private final Cells<?> cells;
  private final ToldCoherence coherence;
  private final long origin;

  LevelHearer(
      Sharing sharing,
      Entries entries,
      SpaceStates spaces,
      Cells<?> cells,
      ToldCoherence coherence,
      long origin) {
    this.sharing = sharing;
    this.entries = entries;
    this.spaces = spaces;
    this.cells = cells;
    this.coherence = coherence;
    this.origin = origin;
  }

  @Override
  public void renewed(String name, long generation, boolean first) {
    CacheSpace space = CellKeys.space(name);
    if (first) {
      spaces.of(space).open(generation, spaces.vacancy());
    } else {
      spaces.of(space).adopt(generation);
      coherence.tell(listener -> listener.voided(space));
    }
  }

  @Override
  public void renewedAll() {
    spaces.outdateUnknown();
    coherence.tell(VoidListener::voidedAll);
  }

  @Override
  public CompletionStage<Void> noticed(byte[] bytes, long mark, long by) {
    CacheKey key = CellKeys.key(bytes);
    if (by == origin || key == null) {
      return CompletableFuture.completedFuture(null);
    }
    return leave(key, bytes, mark).thenRun(() -> coherence.tell(listener -> listener.voided(key)));
  }

  /** What this node alone has of the key becomes a mark. */
  private CompletionStage<?> leave(CacheKey key, byte[] bytes, long mark) {
    SpaceState state = spaces.of(key.space());
    SpaceView view = state.view();
    if (sharing != Sharing.INVALIDATION || view == null) {
      return CompletableFuture.completedFuture(null);
    }
    byte[] cell = cells.voided(mark, view.generation());
    return entries.swapLater(bytes, cell, coherence.guard().toMillis());
  }
}
