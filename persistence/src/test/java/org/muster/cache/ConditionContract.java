package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A put happens if its condition holds; voiding is what makes that of a slow loader fail. */
abstract class ConditionContract extends LevelContract {

  @Test
  void vacantSlotTakesWhatWasLoaded() {
    assertThat(putIfMark(key("a"), "1", mark(key("a")))).isTrue();
    assertThat(value("a")).contains("1");
  }

  @Test
  void slotThatWasFilledMeanwhileTakesNothing() {
    long seen = mark(key("a"));
    put("a", "1");
    assertThat(putIfMark(key("a"), "2", seen)).isFalse();
    assertThat(value("a")).contains("1");
  }

  @Test
  void keyThatWasVoidedMeanwhileTakesNothing() {
    long seen = mark(key("a"));
    level.voidKey(key("a"));
    assertThat(putIfMark(key("a"), "old", seen)).isFalse();
    assertThat(putIfMark(key("a"), "old", 0)).isFalse();
    assertThat(value("a")).isEmpty();
  }

  @Test
  void entryThatWasVoidedMeanwhileIsNotReplaced() {
    put("a", "1");
    long seen = mark(key("a"));
    level.voidKey(key("a"));
    assertThat(putIfMark(key("a"), "2", seen)).isFalse();
    assertThat(value("a")).isEmpty();
  }

  @Test
  void voidedTwiceIsNotVoidedOnce() {
    level.voidKey(key("a"));
    long seen = mark(key("a"));
    level.voidKey(key("a"));
    assertThat(putIfMark(key("a"), "old", seen)).isFalse();
    assertThat(putIfMark(key("a"), "new", mark(key("a")))).isTrue();
    assertThat(value("a")).contains("new");
  }

  @Test
  void voidedSlotTakesWhatWasLoadedAfter() {
    put("a", "1");
    level.voidKey(key("a"));
    long seen = mark(key("a"));
    assertThat(seen).isNegative();
    assertThat(putIfMark(key("a"), "2", seen)).isTrue();
    assertThat(value("a")).contains("2");
    assertThat(putIfMark(key("a"), "3", seen)).isFalse();
  }

  @Test
  void marksDifferFromKeyToKeyAndTimeToTime() {
    Set<Long> marks = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      level.voidKey(key("a" + i % 10));
      marks.add(mark(key("a" + i % 10)));
    }
    assertThat(marks).hasSize(100).allMatch(mark -> mark < 0);
  }

  @Test
  void voidingIsRememberedForTheGuard() {
    put("b", "1");
    long vacant = mark(key("a"));
    long filled = mark(key("b"));
    level.voidKey(key("a"));
    level.voidKey(key("b"));
    Duration guard = level.coherence().guard();
    subject().pass(guard.minus(guard.dividedBy(4)));
    assertThat(putIfMark(key("a"), "old", vacant)).isFalse();
    assertThat(putIfMark(key("a"), "old", 0)).isFalse();
    assertThat(putIfMark(key("b"), "old", filled)).isFalse();
    assertThat(value("a")).isEmpty();
    assertThat(value("b")).isEmpty();
  }

  @Test
  void slotTakesEntriesWhenTheGuardIsOver() {
    level.voidKey(key("a"));
    Duration guard = level.coherence().guard();
    subject().pass(guard.plus(guard.dividedBy(2)));
    assertThat(putIfMark(key("a"), "1", mark(key("a")))).isTrue();
    assertThat(value("a")).contains("1");
  }

  @Test
  void versionIsTheMarkOfAnEntry() {
    CacheEntry<String> first = entry("1");
    level.put(key("a"), first, ALWAYS);
    assertThat(mark(key("a"))).isEqualTo(first.version());
    assertThat(putIfMark(key("a"), "2", first.version() + 1_000_000)).isFalse();
    assertThat(putIfMark(key("a"), "2", 0)).isFalse();
    assertThat(value("a")).contains("1");
    assertThat(putIfMark(key("a"), "2", first.version())).isTrue();
    assertThat(value("a")).contains("2");
    assertThat(putIfMark(key("a"), "3", first.version())).isFalse();
  }

  @Test
  void smallerVersionMayFollow() {
    CacheEntry<String> small = entry("small");
    CacheEntry<String> large = entry("large");
    level.put(key("a"), large, ALWAYS);
    assertThat(level.put(key("a"), small, new PutCondition.IfMark(large.version()))).isTrue();
    assertThat(value("a")).contains("small");
  }

  @Test
  void vacancyIsAsked() {
    assertThat(level.put(key("a"), entry("1"), IF_VACANT)).isTrue();
    assertThat(level.put(key("a"), entry("2"), IF_VACANT)).isFalse();
    assertThat(value("a")).contains("1");
    level.voidKey(key("a"));
    assertThat(level.put(key("a"), entry("3"), IF_VACANT)).isTrue();
    assertThat(value("a")).contains("3");
  }

  @Test
  void knownAbsenceIsNotVacant() {
    level.put(key("a"), absence(), ALWAYS);
    assertThat(level.put(key("a"), entry("1"), IF_VACANT)).isFalse();
  }

  @Test
  void unconditionalPutOutdatesWhatWasSeen() {
    level.voidKey(key("a"));
    long seen = mark(key("a"));
    put("a", "1");
    level.voidKey(key("a"));
    assertThat(putIfMark(key("a"), "old", seen)).isFalse();
  }

  @Test
  void refusedPutVoidsNothing() {
    put("a", "1");
    long seen = mark(key("a"));
    assertThat(putIfMark(key("a"), "2", -5)).isFalse();
    assertThat(mark(key("a"))).isEqualTo(seen);
  }
}
