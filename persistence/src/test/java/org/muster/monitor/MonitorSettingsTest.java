package org.muster.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.config.Settings;

class MonitorSettingsTest {
  private static MonitorSettings of(Map<String, String> values) {
    return MonitorSettings.of(new Settings(key -> Optional.ofNullable(values.get(key))));
  }

  @Test
  void defaultsAreThoseOfThePage() {
    assertThat(of(Map.of()))
        .isEqualTo(
            new MonitorSettings(
                Duration.ofMillis(100), Duration.ofMinutes(1), 5, 100, Duration.ofMinutes(5)));
  }

  @Test
  void eachKeyIsRead() {
    assertThat(
            of(
                Map.of(
                    "muster.monitor.slow-millis", "0",
                    "muster.monitor.window-seconds", "10",
                    "muster.monitor.error-percent", "1",
                    "muster.monitor.error-calls", "7",
                    "muster.monitor.summary-seconds", "0")))
        .isEqualTo(new MonitorSettings(Duration.ZERO, Duration.ofSeconds(10), 1, 7, Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "slow-millis,-1",
    "window-seconds,9",
    "error-percent,101",
    "error-calls,0",
    "summary-seconds,86401",
    "slow-millis,1e3"
  })
  void badValueStopsTheStart(String key, String value) {
    assertThatThrownBy(() -> of(Map.of("muster.monitor." + key, value)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("muster.monitor." + key + "=" + value + " is not allowed");
  }
}
