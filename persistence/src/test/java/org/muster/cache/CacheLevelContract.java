package org.muster.cache;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * What every level of a cache must do. The test of a level extends this and supplies one; it may
 * serve all tests, each has a space of its own. Its guard should be a few seconds, and nothing but
 * {@link #overBound} should come near to its bound.
 */
public abstract class CacheLevelContract {

  /** The level under test, of texts. */
  protected abstract CacheLevel<String> level();

  /** A value that is larger than the level's bound. */
  protected abstract String overBound();

  /** What the level takes for now. */
  protected Clock clock() {
    return Clock.systemUTC();
  }

  /** Lets time pass; real time unless the level has another clock. */
  protected void pass(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Spoils the bytes that the level keeps of an entry; false if it keeps none. */
  protected boolean corrupt(CacheKey key) {
    return false;
  }

  @Nested
  class Entries extends EntryContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }

  @Nested
  class Conditions extends ConditionContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }

  @Nested
  class Lifetimes extends LifetimeContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }

  @Nested
  class Keys extends KeyContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }

  @Nested
  class Clearing extends ClearContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }

  @Nested
  class Statistics extends LevelStatsContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }

  @Nested
  class Races extends LevelRaceContract {
    @Override
    CacheLevelContract subject() {
      return CacheLevelContract.this;
    }
  }
}
