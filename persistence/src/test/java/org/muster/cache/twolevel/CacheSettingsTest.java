package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.cache.twolevel.CacheSettings.Levels;
import org.muster.cache.twolevel.CacheSettings.Loading;
import org.muster.cache.twolevel.CacheSettings.Outage;

class CacheSettingsTest {
  private static final Optional<Duration> NONE = Optional.empty();
  private static final Optional<Duration> ZERO = Optional.of(Duration.ZERO);

  @Test
  void sizeIsPositive() {
    assertThatThrownBy(() -> LevelSettings.of(0))
        .hasMessage("The size of a level is at least 1 byte, not 0");
  }

  @Test
  void timesArePositive() {
    assertThatThrownBy(() -> LevelSettings.of(1).ttl(Duration.ZERO))
        .hasMessage("A time to live is positive, not PT0S");
    assertThatThrownBy(() -> LevelSettings.of(1).idle(Duration.ofSeconds(-1)))
        .hasMessage("An idle time is positive, not PT-1S");
    assertThatThrownBy(() -> new Loading(ZERO, 0, NONE))
        .hasMessage("A negative time to live is positive, not PT0S");
    assertThatThrownBy(() -> new Loading(NONE, 0, ZERO))
        .hasMessage("The time of stale-if-error is positive, not PT0S");
    assertThatThrownBy(() -> new Outage(Duration.ZERO, Duration.ZERO, 1))
        .hasMessage("The pause before level 2 is tried again is positive, not PT0S");
  }

  @Test
  void jitterIsAtMostAHalf() {
    for (double wrong : new double[] {-0.1, 0.51, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Loading(NONE, wrong, NONE))
          .hasMessage("Jitter is 0 to 0.5, not " + wrong);
    }
  }

  @Test
  void outageIsBounded() {
    assertThatThrownBy(() -> new Outage(Duration.ofSeconds(1), Duration.ofSeconds(-1), 1))
        .hasMessage("The time that level 1 is relied upon alone is not negative");
    assertThatThrownBy(() -> new Outage(Duration.ofSeconds(1), Duration.ZERO, -1))
        .hasMessage("The number of remembered keys is not negative: -1");
  }

  @Test
  void levelsSayWhichThereAre() {
    assertThat(CacheSettings.heap(5).levels()).isEqualTo(Levels.HEAP);
    assertThat(Levels.HEAP.hasSecond()).isFalse();
    assertThat(Levels.REMOTE.hasFirst()).isFalse();
    assertThat(Levels.BOTH.hasFirst() && Levels.BOTH.hasSecond()).isTrue();
  }
}
