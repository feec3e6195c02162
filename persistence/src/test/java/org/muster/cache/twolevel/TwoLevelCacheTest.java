package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.cache.Lifetime;
import org.muster.cache.heap.HeapLevel;

/** Reads and writes of one node whose levels answer. */
class TwoLevelCacheTest extends CacheTest {
  private static final Optional<Duration> NO_TTL = Optional.empty();

  private final HeapLevel<String> first = heap();
  private final HeapLevel<String> second = heap();
  private final TwoLevelCache<String> cache = cache(both());

  private TwoLevelCache<String> cache(CacheSettings settings) {
    return new TwoLevelCache<>(CacheLevels.of(first, second), settings, timing());
  }

  @Test
  void valueIsLoadedOnceAndKeptInBothLevels() {
    assertThat(cache.get(A, source)).contains("1");
    assertThat(cache.get(A, source)).contains("1");
    assertThat(source.loads()).isEqualTo(1);
    assertThat(first.exists(A)).isTrue();
    assertThat(second.exists(A)).isTrue();
    assertThat(cache.exists(A)).isTrue();
    assertThat(cache.exists(B)).isFalse();
  }

  @Test
  void whatLevelTwoHasIsPromotedAndNotLoaded() {
    cache.get(A, source);
    first.clearAll();
    assertThat(cache.get(A, source)).contains("1");
    assertThat(first.exists(A)).isTrue();
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void promotedEntryHasTheTimeThatIsLeft() {
    TwoLevelCache<String> timed =
        cache(CacheSettings.both(plain(), plain().ttl(Duration.ofSeconds(60))));
    timed.get(A, source);
    long end = time.millis() + 60_000;
    first.clearAll();
    time.pass(Duration.ofSeconds(50));
    timed.get(A, source);
    assertThat(first.get(A).entry().orElseThrow().lifetime()).isEqualTo(new Lifetime(end, 0));
    source.with(A, "2");
    time.pass(Duration.ofSeconds(10));
    assertThat(timed.get(A, source)).contains("2");
  }

  @Test
  void levelOneMayEndSooner() {
    TwoLevelCache<String> timed =
        cache(
            CacheSettings.both(
                plain().ttl(Duration.ofSeconds(5)).idle(Duration.ofSeconds(3)),
                plain().ttl(Duration.ofSeconds(60)).idle(Duration.ofSeconds(50))));
    timed.get(A, source);
    assertThat(first.get(A).entry().orElseThrow().lifetime())
        .isEqualTo(new Lifetime(time.millis() + 5_000, 3_000));
    assertThat(second.get(A).entry().orElseThrow().lifetime())
        .isEqualTo(new Lifetime(time.millis() + 60_000, 50_000));
    time.pass(Duration.ofSeconds(4));
    assertThat(first.exists(A)).isFalse();
    assertThat(timed.get(A, source)).contains("1");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void withoutTimeToLiveNothingExpires() {
    cache.get(A, source);
    time.pass(Duration.ofDays(10_000));
    assertThat(cache.get(A, source)).contains("1");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void voidedKeyIsLoadedAgain() {
    cache.get(A, source);
    source.with(A, "2");
    assertThat(cache.voidKey(A)).isTrue();
    assertThat(first.exists(A)).isFalse();
    assertThat(second.exists(A)).isFalse();
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void keyThatIsVoidedWhileItLoadsIsNotKept() {
    Optional<String> read =
        cache.get(
            A,
            key -> {
              Optional<String> old = source.load(key);
              source.with(A, "2");
              cache.voidKey(A);
              return old;
            });
    assertThat(read).contains("1");
    assertThat(cache.get(A, source)).contains("2");
    assertThat(cache.get(A, source)).contains("2");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void spaceThatIsClearedWhileAKeyLoadsKeepsNothing() {
    cache.get(
        A,
        key -> {
          Optional<String> old = source.load(key);
          source.with(A, "2");
          cache.clear(SPACE);
          return old;
        });
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void whatTookTooLongToLoadIsNotKept() {
    cache.get(
        A,
        key -> {
          time.pass(GUARD.dividedBy(2).plusNanos(1));
          return source.load(key);
        });
    assertThat(first.exists(A)).isFalse();
    assertThat(second.exists(A)).isFalse();
    assertThat(cache.stats(SPACE).late()).isEqualTo(1);
    time.pass(GUARD);
    cache.get(
        A,
        key -> {
          time.pass(GUARD.dividedBy(2));
          return source.load(key);
        });
    assertThat(first.exists(A)).isTrue();
    assertThat(second.exists(A)).isTrue();
  }

  @Test
  void absenceIsNotKeptUnlessWanted() {
    assertThat(cache.get(B, source)).isEmpty();
    assertThat(cache.get(B, source)).isEmpty();
    assertThat(source.loads()).isEqualTo(2);
    assertThat(first.exists(B)).isFalse();
  }

  @Test
  void absenceIsKeptForItsOwnTime() {
    TwoLevelCache<String> negative =
        cache(
            both()
                .with(
                    new CacheSettings.Loading(
                        Optional.of(Duration.ofSeconds(5)), 0, Optional.empty())));
    assertThat(negative.get(B, source)).isEmpty();
    source.with(B, "new");
    assertThat(negative.get(B, source)).isEmpty();
    assertThat(source.loads()).isEqualTo(1);
    assertThat(negative.stats(SPACE).hits()).isEqualTo(1);
    time.pass(Duration.ofSeconds(5));
    assertThat(negative.get(B, source)).contains("new");
    source.without(B);
    negative.voidKey(B);
    assertThat(negative.get(B, source)).isEmpty();
    source.with(B, "newer");
    negative.voidKey(B);
    assertThat(negative.get(B, source)).contains("newer");
  }

  @Test
  void failureOfTheLoaderIsToldAndNotKept() {
    IllegalStateException failure = new IllegalStateException("down");
    source.failing(failure);
    assertThatThrownBy(() -> cache.get(A, source)).isSameAs(failure);
    assertThat(first.exists(A)).isFalse();
    source.failing(null);
    assertThat(cache.get(A, source)).contains("1");
    assertThat(cache.stats(SPACE).loadFailures()).isEqualTo(1);
    assertThat(cache.stats(SPACE).loads()).isEqualTo(2);
  }

  @Test
  void errorOfTheLoaderIsToldToo() {
    StackOverflowError error = new StackOverflowError();
    assertThatThrownBy(
            () ->
                cache.get(
                    A,
                    key -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(cache.get(A, source)).contains("1");
  }

  @Test
  void loaderMayReadTheSameKey() {
    assertThat(cache.get(A, key -> cache.get(key, source).map(value -> value + "+")))
        .contains("1+");
    assertThat(cache.get(A, source)).contains("1+");
  }

  @Test
  void putValueIsReadFromBothLevels() {
    cache.put(A, "put", NO_TTL);
    assertThat(cache.getIfPresent(A)).contains("put");
    assertThat(second.exists(A)).isTrue();
    assertThat(cache.getIfPresent(A)).contains("put");
    cache.put(A, "again", NO_TTL);
    assertThat(cache.getIfPresent(A)).contains("again");
    assertThat(cache.get(A, source)).contains("again");
    assertThat(source.loads()).isZero();
  }

  @Test
  void putValueHasTheTimeThatWasGiven() {
    cache.put(A, "put", Optional.of(Duration.ofSeconds(5)));
    assertThat(cache.getIfPresent(A)).contains("put");
    time.pass(Duration.ofSeconds(5));
    assertThat(cache.getIfPresent(A)).isEmpty();
    assertThat(cache.exists(A)).isFalse();
    assertThatThrownBy(() -> cache.put(A, "put", Optional.of(Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.put(A, "put", Optional.of(Duration.ofSeconds(-1))))
        .isInstanceOf(IllegalArgumentException.class);
    cache.put(A, "put", Optional.of(Duration.ofSeconds(Long.MAX_VALUE)));
    time.pass(Duration.ofDays(1));
    assertThat(cache.getIfPresent(A)).contains("put");
  }

  @Test
  void valueThatIsPutWhileAnOlderOneLoadsStays() {
    cache.get(
        A,
        key -> {
          cache.put(A, "put", NO_TTL);
          return source.load(key);
        });
    assertThat(cache.get(A, source)).contains("put");
  }

  @Test
  void vacantKeyIsFilledOnce() {
    assertThat(cache.putIfVacant(A, "1", NO_TTL)).isTrue();
    assertThat(cache.putIfVacant(A, "2", NO_TTL)).isFalse();
    assertThat(cache.getIfPresent(A)).contains("1");
    assertThat(cache.remove(A)).isTrue();
    assertThat(cache.remove(A)).isFalse();
    assertThat(cache.putIfVacant(A, "3", NO_TTL)).isTrue();
    assertThat(cache.getIfPresent(A)).contains("3");
  }

  @Test
  void nothingIsLoadedWithoutALoader() {
    assertThat(cache.getIfPresent(A)).isEmpty();
    assertThat(cache.stats(SPACE).misses()).isEqualTo(1);
    assertThat(cache.stats(SPACE).loads()).isZero();
  }

  @Test
  void keysAreListedAndCleared() {
    cache.put(A, "1", NO_TTL);
    cache.put(B, "2", NO_TTL);
    assertThat(cache.keys(new KeyQuery(SPACE, "", "", 10)).keys()).containsExactly("a", "b");
    assertThat(cache.clear(SPACE)).isEqualTo(2);
    assertThat(cache.keys(new KeyQuery(SPACE, "", "", 10)).keys()).isEmpty();
    assertThat(cache.getIfPresent(A)).isEmpty();
    cache.put(A, "1", NO_TTL);
    assertThat(cache.clearAll()).isTrue();
    assertThat(cache.getIfPresent(A)).isEmpty();
  }

  @Test
  void expiredEntriesAreCleanedUp() {
    cache.put(A, "1", Optional.of(Duration.ofSeconds(1)));
    cache.put(B, "2", NO_TTL);
    time.pass(Duration.ofSeconds(2));
    assertThat(cache.cleanUp(SPACE)).isEqualTo(1);
    assertThat(cache.cleanUp(SPACE)).isZero();
    assertThat(cache.getIfPresent(B)).contains("2");
  }

  @Test
  void levelOneAloneIsACacheToo() {
    TwoLevelCache<String> heap =
        new TwoLevelCache<>(CacheLevels.of(first), CacheSettings.heap(1_000), timing());
    everythingWorks(heap);
    assertThat(heap.stats(SPACE).second().puts()).isZero();
  }

  @Test
  void levelTwoAloneIsACacheToo() {
    TwoLevelCache<String> remote =
        new TwoLevelCache<>(CacheLevels.remote(second), both(), timing());
    everythingWorks(remote);
    assertThat(first.exists(A)).isFalse();
  }

  private void everythingWorks(TwoLevelCache<String> any) {
    assertThat(any.get(A, source)).contains("1");
    assertThat(any.get(A, source)).contains("1");
    assertThat(source.loads()).isEqualTo(1);
    assertThat(any.stats(SPACE).hits()).isEqualTo(1);
    source.with(A, "2");
    assertThat(any.voidKey(A)).isTrue();
    assertThat(any.get(A, source)).contains("2");
    any.put(B, "b", NO_TTL);
    assertThat(any.getIfPresent(B)).contains("b");
    assertThat(any.putIfVacant(B, "c", NO_TTL)).isFalse();
    assertThat(any.exists(B)).isTrue();
    assertThat(any.keys(new KeyQuery(SPACE, "", "", 10)).keys()).containsExactly("a", "b");
    assertThat(any.remove(B)).isTrue();
    assertThat(any.clear(SPACE)).isEqualTo(1);
    assertThat(any.clear(new CacheSpace(SPACE.tenant(), "other"))).isZero();
    assertThat(any.isWhole()).isTrue();
  }

  @Test
  void cacheHasALevel() {
    assertThatThrownBy(
            () ->
                new CacheLevels<>(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jitterShortensTimesToLive() {
    TwoLevelCache<String> jittered =
        cache(
            CacheSettings.both(plain(), plain().ttl(Duration.ofSeconds(100)))
                .with(new CacheSettings.Loading(Optional.empty(), 0.2, Optional.empty())));
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 200; i++) {
      jittered.get(key("k" + i), key -> Optional.of("v"));
      long left =
          second.get(key("k" + i)).entry().orElseThrow().lifetime().expiresMillis() - time.millis();
      least = Math.min(least, left);
      most = Math.max(most, left);
    }
    assertThat(least).isBetween(80_000L, 84_000L);
    assertThat(most).isBetween(96_000L, 100_000L);
  }
}
