package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the settings allow it, a value that is over is served if loading fails. */
class StaleTest extends CacheTest {
  private final UncheckedIOException outage = new UncheckedIOException(new IOException("down"));

  private final TwoLevelCache<String> cache =
      new TwoLevelCache<>(
          CacheLevels.of(heap(), heap()).sparing(heap()),
          CacheSettings.both(plain(), plain().ttl(Duration.ofSeconds(10)))
              .with(
                  new CacheSettings.Loading(
                      Optional.of(Duration.ofSeconds(10)), 0, Optional.of(Duration.ofSeconds(60)))),
          timing(),
          UncheckedIOException.class::isInstance);

  @Test
  void valueThatIsOverIsServedWhileLoadingFails() {
    cache.get(A, source);
    source.with(A, "2");
    source.failing(outage);
    time.pass(Duration.ofSeconds(69));
    assertThat(cache.get(A, source)).contains("1");
    assertThat(cache.stats(SPACE).stale()).isEqualTo(1);
    assertThat(cache.stats(SPACE).misses()).isEqualTo(2);
    source.failing(null);
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void valueIsNotServedForLonger() {
    cache.get(A, source);
    source.failing(outage);
    time.pass(Duration.ofSeconds(71));
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(outage);
  }

  @Test
  void otherFailuresAreTold() {
    cache.get(A, source);
    IllegalArgumentException refusal = new IllegalArgumentException("refused");
    source.failing(refusal);
    time.pass(Duration.ofSeconds(11));
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(refusal);
  }

  @Test
  void voidedValueIsNeverServed() {
    cache.get(A, source);
    source.failing(outage);
    cache.voidKey(A);
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(outage);
    source.failing(null);
    cache.get(A, source);
    source.failing(outage);
    cache.clear(SPACE);
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(outage);
    source.failing(null);
    cache.get(A, source);
    source.failing(outage);
    cache.clearAll();
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(outage);
  }

  @Test
  void valueThatIsVoidedWhileItLoadsIsNotKeptEither() {
    cache.get(
        A,
        key -> {
          cache.voidKey(A);
          return source.load(key);
        });
    source.failing(outage);
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(outage);
  }

  @Test
  void cacheOfOneLevelKeepsNoneEither() {
    TwoLevelCache<String> heap =
        new TwoLevelCache<>(
            CacheLevels.of(heap()).sparing(heap()),
            new CacheSettings(
                CacheSettings.Levels.HEAP,
                plain().ttl(Duration.ofSeconds(10)),
                plain(),
                new CacheSettings.Loading(Optional.empty(), 0, Optional.of(Duration.ofSeconds(60))),
                CacheSettings.Outage.USUAL),
            timing(),
            UncheckedIOException.class::isInstance);
    heap.get(
        A,
        key -> {
          heap.voidKey(A);
          return source.load(key);
        });
    source.failing(outage);
    assertThatThrownBy(() -> heap.get(A, source)).isSameAs(outage);
    source.failing(null);
    heap.get(A, source);
    source.failing(outage);
    time.pass(Duration.ofSeconds(69));
    assertThat(heap.get(A, source)).contains("1");
  }

  @Test
  void absenceIsNotServedWhenItIsOver() {
    cache.get(B, source);
    source.failing(outage);
    time.pass(Duration.ofSeconds(11));
    assertThatThrownBy(() -> cache.get(B, source)).isSameAs(outage);
  }

  @Test
  void nothingIsServedUnlessTheSettingsAllowIt() {
    TwoLevelCache<String> strict =
        new TwoLevelCache<>(
            CacheLevels.of(heap(), heap()).sparing(heap()),
            CacheSettings.both(plain(), plain().ttl(Duration.ofSeconds(10))),
            timing(),
            UncheckedIOException.class::isInstance);
    strict.get(A, source);
    source.failing(outage);
    time.pass(Duration.ofSeconds(11));
    assertThatThrownBy(() -> strict.get(A, source)).isSameAs(outage);
  }
}
