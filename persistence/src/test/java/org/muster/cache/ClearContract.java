package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clearing voids all keys of a space, those that nobody has put yet too. */
abstract class ClearContract extends LevelContract {

  @Test
  void clearedSpaceIsEmpty() {
    put("a", "1");
    put("b", "2");
    level.put(key("c"), absence(), ALWAYS);
    assertThat(level.clear(space)).isEqualTo(3);
    for (String text : new String[] {"a", "b", "c"}) {
      assertThat(level.get(key(text)).entry()).isEmpty();
      assertThat(level.exists(key(text))).isFalse();
      assertThat(level.voidKey(key(text))).isFalse();
    }
    assertThat(keys("", 10)).isEmpty();
    assertThat(level.clear(space)).isZero();
  }

  @Test
  void clearedSpaceTakesEntries() {
    put("a", "1");
    level.clear(space);
    put("a", "2");
    assertThat(level.put(key("b"), entry("3"), IF_VACANT)).isTrue();
    assertThat(putIfMark(key("c"), "4", mark(key("c")))).isTrue();
    assertThat(value("a")).contains("2");
    assertThat(keys("", 10)).containsExactly("a", "b", "c");
    assertThat(level.clear(space)).isEqualTo(3);
  }

  @Test
  void whatWasLoadedBeforeAClearIsNotPut() {
    put("b", "1");
    level.voidKey(key("c"));
    long vacant = mark(key("a"));
    long filled = mark(key("b"));
    long voided = mark(key("c"));
    level.clear(space);
    assertThat(putIfMark(key("a"), "old", vacant)).isFalse();
    assertThat(putIfMark(key("b"), "old", filled)).isFalse();
    assertThat(putIfMark(key("c"), "old", voided)).isFalse();
    assertThat(keys("", 10)).isEmpty();
  }

  @Test
  void clearIsRememberedForTheGuard() {
    long seen = mark(key("a"));
    level.clear(space);
    Duration guard = level.coherence().guard();
    subject().pass(guard.minus(guard.dividedBy(4)));
    assertThat(putIfMark(key("a"), "old", seen)).isFalse();
    assertThat(value("a")).isEmpty();
  }

  @Test
  void clearOfASpaceLeavesOthersAlone() {
    CacheKey other = new CacheKey(space("users"), "a");
    CacheKey sibling = new CacheKey(new CacheSpace(space.tenant(), "groups"), "a");
    level.put(other, entry("1"), ALWAYS);
    level.put(sibling, entry("2"), ALWAYS);
    CacheKey vacant = new CacheKey(other.space(), "b");
    long seen = mark(vacant);
    put("a", "3");
    assertThat(level.clear(space)).isEqualTo(1);
    assertThat(value(other)).contains("1");
    assertThat(value(sibling)).contains("2");
    assertThat(putIfMark(vacant, "4", seen)).isTrue();
  }

  @Test
  void expiredEntriesAreNotCounted() {
    put("a", "1");
    level.put(key("b"), entry("2", lasting(Duration.ofSeconds(1))), ALWAYS);
    subject().pass(Duration.ofMillis(1_050));
    assertThat(level.clear(space)).isEqualTo(1);
  }

  @Test
  void clearingAllVoidsEverySpace() {
    CacheKey other = new CacheKey(space("users"), "a");
    CacheKey unknown = new CacheKey(space("users"), "a");
    level.put(other, entry("1"), ALWAYS);
    put("a", "2");
    long seen = mark(key("b"));
    long seenBeside = mark(unknown);
    level.clearAll();
    assertThat(value(other)).isEmpty();
    assertThat(value("a")).isEmpty();
    assertThat(keys("", 10)).isEmpty();
    assertThat(putIfMark(key("b"), "old", seen)).isFalse();
    assertThat(putIfMark(unknown, "old", seenBeside)).isFalse();
    put("a", "3");
    assertThat(value("a")).contains("3");
    assertThat(level.clear(other.space())).isZero();
    assertThat(level.clear(space)).isEqualTo(1);
  }

  @Test
  void cleaningUpTakesWhatHasExpired() {
    put("a", "1");
    for (int i = 0; i < 5; i++) {
      level.put(key("b" + i), entry("2", lasting(Duration.ofSeconds(1))), ALWAYS);
    }
    CacheKey other = new CacheKey(space("users"), "a");
    level.put(other, entry("1"), ALWAYS);
    subject().pass(Duration.ofMillis(1_050));
    assertThat(level.cleanUp(space)).isBetween(0L, 5L);
    assertThat(level.cleanUp(space)).isZero();
    assertThat(keys("", 10)).containsExactly("a");
    assertThat(value(other)).contains("1");
    assertThat(level.cleanUp(space("never-seen"))).isZero();
  }
}
