package org.muster.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Every write is in the store when it is acknowledged. */
public final class NoWriteBehind implements WriteBehind {
  @Override
  public boolean isOn() {
    return false;
  }

  @Override
  public void start(Consumer<Runnable> threads) {
    // nothing follows
  }

  @Override
  public void stop() {
    // nothing is left
  }

  @Override
  public BehindFigures figures() {
    return BehindFigures.NONE;
  }

  @Override
  public List<DeadWrite> letters(long after, int limit) {
    return List.of();
  }

  @Override
  public Optional<DeadWrite.Whole> letter(long id) {
    return Optional.empty();
  }

  @Override
  public boolean retry(long id, boolean overwrite) {
    return false;
  }

  @Override
  public boolean discard(long id) {
    return false;
  }

  @Override
  public void forget(StorageKey key) {
    // there are no letters
  }
}
