package org.muster.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.config.Settings;

class RetentionSettingsTest {

  @Test
  void tombstonesAreKeptForThirtyDaysAndLookedAtEveryHour() {
    assertThat(RetentionSettings.kept(with("other", ""))).contains(Duration.ofDays(30));
    assertThat(RetentionSettings.interval(with("other", ""))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void daysMayBeZeroOrForever() {
    assertThat(RetentionSettings.kept(with("muster.retention.days", "0"))).contains(Duration.ZERO);
    assertThat(RetentionSettings.kept(with("muster.retention.days", "7")))
        .contains(Duration.ofDays(7));
    assertThat(RetentionSettings.kept(with("muster.retention.days", "Forever"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "36501", "1.5", "never", "30d", "99999999999999999999"})
  void otherDaysAreRefused(String days) {
    Settings settings = with("muster.retention.days", days);
    assertThatThrownBy(() -> RetentionSettings.kept(settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.retention.days=" + days)
        .hasMessageContaining("forever");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "86401", "x"})
  void otherIntervalsAreRefused(String seconds) {
    Settings settings = with("muster.retention.interval-seconds", seconds);
    assertThatThrownBy(() -> RetentionSettings.interval(settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("muster.retention.interval-seconds=" + seconds);
  }

  private static Settings with(String key, String value) {
    return new Settings(asked -> Optional.ofNullable(Map.of(key, value).get(asked)));
  }
}
