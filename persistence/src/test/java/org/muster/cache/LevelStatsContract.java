package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

/** What was done for a space is counted, for it alone. */
abstract class LevelStatsContract extends LevelContract {

  @Test
  void nothingIsCountedAtFirst() {
    assertThat(level.stats(space)).isEqualTo(LevelStats.NONE);
  }

  @Test
  void readIsAHitOrAMiss() {
    put("a", "1");
    level.put(key("b"), absence(), ALWAYS);
    level.get(key("a"));
    level.get(key("a"));
    level.get(key("b"));
    level.get(key("c"));
    level.voidKey(key("a"));
    level.get(key("a"));
    LevelStats stats = level.stats(space);
    assertThat(stats.hits()).isEqualTo(3);
    assertThat(stats.misses()).isEqualTo(2);
  }

  @Test
  void lookingListingAndWritingAreNoReads() {
    level.exists(key("a"));
    put("a", "1");
    level.exists(key("a"));
    keys("", 10);
    level.put(key("a"), entry("2"), IF_VACANT);
    level.voidKey(key("a"));
    LevelStats stats = level.stats(space);
    assertThat(stats.hits()).isZero();
    assertThat(stats.misses()).isZero();
  }

  @Test
  void putsAreThoseThatWerePut() {
    put("a", "1");
    put("a", "2");
    level.put(key("a"), entry("3"), IF_VACANT);
    putIfMark(key("a"), "4", -7);
    assertThat(level.stats(space).puts()).isEqualTo(2);
  }

  @Test
  void entriesAreThoseThatAreThere() {
    put("a", "1");
    put("b", "2");
    put("b", "3");
    assertThat(level.stats(space).entries()).isEqualTo(2);
    assertThat(level.stats(space).bytes()).isPositive();
    level.voidKey(key("a"));
    assertThat(level.stats(space).entries()).isEqualTo(1);
    level.clear(space);
    assertThat(level.stats(space).entries()).isZero();
    assertThat(level.stats(space).bytes()).isZero();
  }

  @Test
  void spacesOfATenantThatHaveEntriesAreNamed() {
    assertThat(level.spaces(space.tenant())).doesNotContain(space);
    put("a", "1");
    assertThat(level.spaces(space.tenant())).contains(space);
    assertThat(level.spaces(new TenantId("nobody-else"))).isEmpty();
    level.voidKey(key("a"));
    assertThat(level.spaces(space.tenant())).doesNotContain(space);
  }

  @Test
  void largerValuesWeighMore() {
    put("a", "1".repeat(1_000));
    long before = level.stats(space).bytes();
    assertThat(before).isGreaterThanOrEqualTo(1_000);
    put("a", "1".repeat(3_000));
    assertThat(level.stats(space).bytes() - before).isBetween(1_900L, 8_000L);
  }

  @Test
  void expiredEntriesLeaveTheCount() {
    put("a", "1");
    level.put(key("b"), entry("2", lasting(Duration.ofSeconds(1))), ALWAYS);
    subject().pass(Duration.ofMillis(1_050));
    level.get(key("b"));
    level.cleanUp(space);
    assertThat(level.stats(space).entries()).isEqualTo(1);
    assertThat(level.stats(space).misses()).isEqualTo(1);
  }

  @Test
  void otherSpacesCountForThemselves() {
    CacheKey other = new CacheKey(space("users"), "a");
    level.put(other, entry("1"), ALWAYS);
    level.get(other);
    assertThat(level.stats(space)).isEqualTo(LevelStats.NONE);
    assertThat(level.stats(other.space()).hits()).isEqualTo(1);
  }

  @Test
  void entryThatCanNotBeReadIsAMissAndGone() {
    put("a", "1");
    put("b", "2");
    assumeTrue(subject().corrupt(key("a")), "the level keeps values and no bytes");
    assertThat(level.get(key("a")).entry()).isEmpty();
    LevelStats stats = level.stats(space);
    assertThat(stats.corrupt()).isEqualTo(1);
    assertThat(stats.misses()).isEqualTo(1);
    assertThat(level.exists(key("a"))).isFalse();
    assertThat(level.put(key("a"), entry("3"), IF_VACANT)).isTrue();
    assertThat(value("a")).contains("3");
    assertThat(value("b")).contains("2");
    assertThat(level.stats(space).corrupt()).isEqualTo(1);
  }
}
