package org.muster.cache.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.cache.LevelStats;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.kernel.TenantId;
import org.muster.monitor.Figures;
import org.muster.monitor.Monitor;
import org.muster.monitor.MonitorSettings;
import org.muster.monitor.Outcome;
import org.muster.monitor.Provider;

class MeteredLevelTest {
  private static final Provider LEVEL = Provider.cache("documents", "heap");
  private static final CacheSpace SPACE = new CacheSpace(TenantId.DEFAULT, "User");
  private static final CacheKey KEY = new CacheKey(SPACE, "1");

  private final Monitor monitor =
      new Monitor(
          new MonitorSettings(Duration.ZERO, Duration.ofMinutes(1), 5, 100, Duration.ZERO),
          provider -> (operation, outcome, nanos) -> {},
          Clock.systemUTC(),
          (severity, line) -> {});
  private final OneSlot slot = new OneSlot();
  private final CacheLevel<String> level = new MeteredLevel<>(slot, monitor.calls(LEVEL));

  private static CacheEntry<String> entry(String value, long version) {
    return new CacheEntry<>(Optional.of(value), version, Lifetime.ENDLESS);
  }

  private Figures of(String operation) {
    return Objects.requireNonNull(
        monitor.snapshot().find(LEVEL).orElseThrow().operations().get(operation), operation);
  }

  @Test
  void readsAreHitsAndMisses() {
    assertThat(level.get(KEY).entry()).isEmpty();
    assertThat(level.put(KEY, entry("a", 1), new PutCondition.IfVacant())).isTrue();
    assertThat(level.get(KEY).entry()).contains(entry("a", 1));
    assertThat(level.get(KEY).mark()).isEqualTo(1);
    assertThat(of("get").outcomes())
        .containsEntry(Outcome.HIT, 2L)
        .containsEntry(Outcome.MISS, 1L)
        .hasSize(2);
    assertThat(of("get").hitRatio().orElseThrow()).isBetween(0.66, 0.67);
  }

  @Test
  void knownAbsenceIsAHit() {
    level.put(
        KEY, new CacheEntry<>(Optional.empty(), 1, Lifetime.ENDLESS), new PutCondition.Always());
    assertThat(level.get(KEY).entry()).isPresent();
    assertThat(of("get").outcomes()).containsOnlyKeys(Outcome.HIT);
  }

  @Test
  void putWhoseConditionDoesNotHoldIsRefused() {
    level.put(KEY, entry("a", 1), new PutCondition.IfVacant());
    assertThat(level.put(KEY, entry("b", 2), new PutCondition.IfVacant())).isFalse();
    assertThat(of("put").outcomes())
        .containsEntry(Outcome.OK, 1L)
        .containsEntry(Outcome.REFUSED, 1L);
    assertThat(of("put").failed()).isZero();
  }

  @Test
  void aLevelThatCanNotAnswerHasFailed() {
    slot.fail();
    assertThatThrownBy(() -> level.get(KEY)).isInstanceOf(CacheLevelException.class);
    assertThat(of("get").failed()).isEqualTo(1);
  }

  @Test
  void allElseIsHandedOn() {
    level.put(KEY, entry("a", 1), new PutCondition.Always());
    assertThat(level.exists(KEY)).isTrue();
    assertThat(level.keys(new KeyQuery(SPACE, "", "", 10)).keys()).containsExactly("1");
    assertThat(level.voidKey(KEY)).isTrue();
    assertThat(level.clear(SPACE)).isZero();
    assertThat(level.cleanUp(SPACE)).isZero();
    level.clearAll();
    assertThat(level.stats(SPACE)).isEqualTo(LevelStats.NONE);
    assertThat(level.coherence().isConnected()).isTrue();
    level.close();
    assertThat(slot.closed()).isTrue();
    assertThat(monitor.snapshot().find(LEVEL).orElseThrow().operations().keySet())
        .containsExactly("clean_up", "clear", "clear_all", "exists", "keys", "put", "void");
  }
}
