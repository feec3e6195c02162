package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An entry whose lifetime is over is never served. */
abstract class LifetimeContract extends LevelContract {
  private static final Duration TTL = Duration.ofSeconds(2);

  @Test
  void entryIsServedUntilItExpires() {
    level.put(key("a"), entry("1", lasting(TTL)), ALWAYS);
    put("b", "2");
    assertThat(value("a")).contains("1");
    subject().pass(TTL.plusMillis(50));
    assertThat(value("a")).isEmpty();
    assertThat(level.exists(key("a"))).isFalse();
    assertThat(level.voidKey(key("a"))).isFalse();
    assertThat(value("b")).contains("2");
  }

  @Test
  void expiredEntryIsVacant() {
    level.put(key("a"), entry("1", lasting(TTL)), ALWAYS);
    level.put(key("b"), entry("1", lasting(TTL)), ALWAYS);
    subject().pass(TTL.plusMillis(50));
    assertThat(level.put(key("a"), entry("2"), IF_VACANT)).isTrue();
    assertThat(putIfMark(key("b"), "2", mark(key("b")))).isTrue();
    assertThat(value("a")).contains("2");
    assertThat(value("b")).contains("2");
  }

  @Test
  void entryThatIsOverWhenItIsPutIsNotServed() {
    put("a", "1");
    level.put(key("a"), entry("2", new Lifetime(subject().clock().millis(), 0)), ALWAYS);
    assertThat(value("a")).isEmpty();
    level.put(key("b"), entry("2", new Lifetime(0, 0)), ALWAYS);
    assertThat(value("b")).isEmpty();
    assertThat(level.exists(key("b"))).isFalse();
    assertThat(keys("", 10)).isEmpty();
  }

  @Test
  void putRenewsTheLifetime() {
    level.put(key("a"), entry("1", lasting(TTL)), ALWAYS);
    level.put(key("b"), entry("1"), ALWAYS);
    put("a", "2");
    level.put(key("b"), entry("2", lasting(TTL)), ALWAYS);
    subject().pass(TTL.plusMillis(50));
    assertThat(value("a")).contains("2");
    assertThat(value("b")).isEmpty();
  }

  @Test
  void readsDoNotLengthenATimeToLive() {
    level.put(key("a"), entry("1", lasting(TTL)), ALWAYS);
    for (int i = 0; i < 4; i++) {
      level.get(key("a"));
      subject().pass(TTL.dividedBy(4).plusMillis(20));
    }
    assertThat(value("a")).isEmpty();
  }

  @Test
  void entryThatIsNotReadIsLetGo() {
    level.put(key("a"), entry("1", Lifetime.ENDLESS.idle(TTL)), ALWAYS);
    subject().pass(TTL.plusMillis(50));
    assertThat(value("a")).isEmpty();
  }

  @Test
  void readKeepsAnEntryFromBeingIdle() {
    level.put(key("a"), entry("1", Lifetime.ENDLESS.idle(TTL)), ALWAYS);
    for (int i = 0; i < 3; i++) {
      subject().pass(TTL.dividedBy(2));
      assertThat(value("a")).contains("1");
    }
    subject().pass(TTL.plusMillis(50));
    assertThat(value("a")).isEmpty();
  }

  @Test
  void lookingWhetherItIsThereIsNoRead() {
    level.put(key("a"), entry("1", Lifetime.ENDLESS.idle(TTL)), ALWAYS);
    for (int i = 0; i < 4; i++) {
      level.exists(key("a"));
      level.keys(new KeyQuery(space, "", "", 10));
      subject().pass(TTL.dividedBy(4).plusMillis(20));
    }
    assertThat(value("a")).isEmpty();
  }

  @Test
  void idleEntryEndsWithItsTimeToLiveAllTheSame() {
    level.put(key("a"), entry("1", lasting(TTL).idle(Duration.ofDays(1))), ALWAYS);
    assertThat(value("a")).contains("1");
    subject().pass(TTL.plusMillis(50));
    assertThat(value("a")).isEmpty();
  }

  @Test
  void hugeLifetimesAreEndless() {
    level.put(key("a"), entry("1", lasting(Duration.ofSeconds(Long.MAX_VALUE))), ALWAYS);
    level.put(key("b"), entry("2", new Lifetime(Lifetime.NEVER - 1, Long.MAX_VALUE)), ALWAYS);
    level.put(key("c"), entry("3", lasting(Duration.ofDays(365_000))), ALWAYS);
    subject().pass(Duration.ofMillis(100));
    assertThat(value("a")).contains("1");
    assertThat(value("b")).contains("2");
    assertThat(value("c")).contains("3");
  }

  @Test
  void noTimeAndNegativeTimeAreRefused() {
    assertThatThrownBy(() -> lasting(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lasting(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Lifetime(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Lifetime(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void absenceExpiresToo() {
    level.put(key("a"), new CacheEntry<>(Optional.empty(), 77, lasting(TTL)), ALWAYS);
    assertThat(level.exists(key("a"))).isTrue();
    subject().pass(TTL.plusMillis(50));
    assertThat(level.exists(key("a"))).isFalse();
    assertThat(level.get(key("a")).entry()).isEmpty();
  }
}
