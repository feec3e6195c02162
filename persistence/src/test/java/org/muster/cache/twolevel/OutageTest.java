package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.FaultyLevel;
import org.muster.cache.FaultyLevel.Faults;
import org.muster.cache.KeyQuery;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.SharedLevel;
import org.muster.cache.heap.HeapLevel;

/** Level 2 fails: the cache goes on, and comes back without what is old. */
class OutageTest extends CacheTest {
  private static final Optional<Duration> NO_TTL = Optional.empty();
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HeapLevel<String> first = heap();
  private final HeapLevel<String> store = heap();
  private final SharedLevel<String>.Node node = new SharedLevel<>(store).node();
  private final FaultyLevel<String> second = new FaultyLevel<>(node, 1, Faults.NONE);
  private final TwoLevelCache<String> cache = cache(CacheSettings.Outage.USUAL);

  private TwoLevelCache<String> cache(CacheSettings.Outage outage) {
    return new TwoLevelCache<>(CacheLevels.of(first, second), both().with(outage), timing());
  }

  @Test
  void cacheGoesOnWithLevelOne() {
    second.faults(Faults.DOWN);
    assertThat(cache.get(A, source)).contains("1");
    assertThat(cache.get(A, source)).contains("1");
    assertThat(source.loads()).isEqualTo(1);
    assertThat(cache.isWhole()).isFalse();
    assertThat(cache.stats(SPACE).second().failures()).isEqualTo(1);
    assertThat(cache.keys(new KeyQuery(SPACE, "", "", 10)).keys()).containsExactly("a");
    assertThat(cache.exists(A)).isTrue();
    assertThat(cache.exists(B)).isFalse();
  }

  @Test
  void levelTwoIsLeftAloneForAWhile() {
    second.faults(Faults.DOWN);
    for (int i = 0; i < 50; i++) {
      cache.get(key("k" + i), source);
      cache.voidKey(key("k" + i));
      cache.put(key("k" + i), "v", NO_TTL);
    }
    assertThat(second.calls()).isEqualTo(1);
    time.pass(PAUSE);
    cache.getIfPresent(B);
    cache.getIfPresent(B);
    assertThat(second.calls()).isEqualTo(2);
    time.pass(PAUSE);
    second.faults(Faults.NONE);
    cache.get(A, source);
    assertThat(cache.isWhole()).isTrue();
    assertThat(store.exists(A)).isTrue();
  }

  @Test
  void whatWasVoidedMeanwhileIsVoidedBeforeLevelTwoIsUsed() {
    cache.get(A, source);
    cache.put(B, "b1", NO_TTL);
    second.faults(Faults.DOWN);
    source.with(A, "2");
    assertThat(cache.voidKey(A)).isFalse();
    assertThat(store.exists(A)).isTrue();
    assertThat(cache.get(A, source)).contains("2");
    assertThat(cache.remove(B)).isFalse();
    second.faults(Faults.NONE);
    first.clearAll();
    time.pass(PAUSE);
    assertThat(cache.get(A, source)).contains("2");
    assertThat(cache.getIfPresent(B)).isEmpty();
    assertThat(store.exists(B)).isFalse();
    assertThat(cache.isWhole()).isTrue();
  }

  @Test
  void voidOfUnknownOutcomeIsDoneAgain() {
    cache.get(A, source);
    second.faults(Faults.NONE.afterCall(second.calls() + 1));
    assertThat(cache.voidKey(A)).isFalse();
    // somebody else puts what was old before this node is back
    store.put(
        A, new CacheEntry<>(Optional.of("1"), 99, Lifetime.ENDLESS), new PutCondition.Always());
    time.pass(PAUSE);
    source.with(A, "2");
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void moreThanIsRememberedClearsLevelTwo() {
    TwoLevelCache<String> small = cache(new CacheSettings.Outage(PAUSE, Duration.ZERO, 5));
    for (int i = 0; i < 20; i++) {
      small.put(key("k" + i), "v", NO_TTL);
    }
    second.faults(Faults.DOWN);
    for (int i = 0; i < 5; i++) {
      small.voidKey(key("k" + i));
    }
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    assertThat(small.getIfPresent(key("k0"))).isEmpty();
    assertThat(small.getIfPresent(key("k5"))).contains("v");
    second.faults(Faults.DOWN);
    for (int i = 5; i < 11; i++) {
      small.voidKey(key("k" + i));
    }
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    assertThat(small.getIfPresent(key("k5"))).isEmpty();
    assertThat(store.exists(key("k19"))).isFalse();
  }

  @Test
  void clearOfASpaceIsRememberedToo() {
    cache.put(A, "1", NO_TTL);
    cache.getIfPresent(A);
    second.faults(Faults.DOWN);
    assertThat(cache.clear(SPACE)).isEqualTo(1);
    assertThat(cache.getIfPresent(A)).isEmpty();
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    assertThat(cache.getIfPresent(A)).isEmpty();
    assertThat(store.exists(A)).isFalse();
    cache.put(A, "2", NO_TTL);
    second.faults(Faults.DOWN);
    assertThat(cache.clearAll()).isFalse();
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    assertThat(cache.getIfPresent(A)).isEmpty();
  }

  @Test
  void manyRememberedKeysAreDoneByManyReads() {
    for (int i = 0; i < 250; i++) {
      cache.put(key("k" + i), "v", NO_TTL);
    }
    second.faults(Faults.DOWN);
    for (int i = 0; i < 250; i++) {
      cache.voidKey(key("k" + i));
    }
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    for (int i = 249; i >= 0; i--) {
      assertThat(cache.getIfPresent(key("k" + i))).isEmpty();
    }
    assertThat(cache.isWhole()).isTrue();
    assertThat(store.keys(new KeyQuery(SPACE, "", "", 10)).keys()).isEmpty();
  }

  @Test
  void putThatFailsIsReadOnThisNodeAndNothingOlderLater() {
    cache.put(A, "old", NO_TTL);
    cache.getIfPresent(A);
    second.faults(Faults.DOWN);
    cache.put(A, "new", NO_TTL);
    assertThat(cache.getIfPresent(A)).contains("new");
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    cache.getIfPresent(B);
    assertThat(cache.isWhole()).isTrue();
    assertThat(cache.getIfPresent(A)).contains("new");
    first.clearAll();
    assertThat(cache.getIfPresent(A)).isEmpty();
  }

  @Test
  void vacancyIsNotDecidedWithoutLevelTwo() {
    second.faults(Faults.DOWN);
    assertThatThrownBy(() -> cache.putIfVacant(A, "1", NO_TTL))
        .isInstanceOf(CacheLevelException.class);
    assertThatThrownBy(() -> cache.putIfVacant(A, "1", NO_TTL))
        .isInstanceOf(CacheLevelException.class);
    assertThat(cache.getIfPresent(A)).isEmpty();
  }

  @Test
  void nodeThatHearsNobodyReliesOnNoLevel() {
    cache.get(A, source);
    node.cut();
    source.with(A, "2");
    assertThat(cache.get(A, source)).contains("2");
    source.with(A, "3");
    assertThat(cache.get(A, source)).contains("3");
    assertThat(cache.getIfPresent(A)).isEmpty();
    assertThat(cache.exists(A)).isFalse();
    assertThat(cache.keys(new KeyQuery(SPACE, "", "", 10)).keys()).isEmpty();
    assertThat(cache.isWhole()).isFalse();
    store.voidKey(A);
    node.heal();
    assertThat(cache.get(A, source)).contains("3");
    assertThat(cache.get(A, source)).contains("3");
    assertThat(source.loads()).isEqualTo(4);
  }

  @Test
  void nodeThatIsBackForgetsWhatItHad() {
    cache.get(A, source);
    node.cut();
    source.with(A, "2");
    store.voidKey(A); // another node
    node.heal();
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void nodeThatWasDeafForgetsWhatItHadEvenIfNobodySaysSo() {
    cache.get(A, source);
    node.cut();
    assertThat(cache.getIfPresent(A)).isEmpty();
    source.with(A, "2");
    store.voidKey(A); // another node
    node.healSilently();
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void levelOneIsReliedUponAloneForAsLongAsTheSettingsSay() {
    TwoLevelCache<String> relying =
        cache(new CacheSettings.Outage(PAUSE, Duration.ofSeconds(5), 10));
    relying.get(A, source);
    node.cut();
    source.with(A, "2");
    time.pass(Duration.ofSeconds(4));
    assertThat(relying.get(A, source)).contains("1");
    time.pass(Duration.ofSeconds(1));
    assertThat(relying.get(A, source)).contains("2");
  }

  @Test
  void timeAloneCountsFromTheLastRead() {
    TwoLevelCache<String> relying =
        cache(new CacheSettings.Outage(PAUSE, Duration.ofSeconds(5), 10));
    relying.get(A, source);
    node.cut();
    source.with(A, "2");
    time.pass(Duration.ofHours(1));
    assertThat(relying.get(A, source)).contains("2");
  }

  @Test
  void nodeWithoutOthersMayRelyOnLevelOneForEver() {
    TwoLevelCache<String> single =
        cache(new CacheSettings.Outage(PAUSE, Duration.ofSeconds(Long.MAX_VALUE), 10));
    single.get(A, source);
    node.cut();
    time.pass(Duration.ofDays(1));
    assertThat(single.get(A, source)).contains("1");
    source.with(A, "2");
    single.voidKey(A);
    assertThat(single.get(A, source)).contains("2");
    assertThat(single.get(A, source)).contains("2");
    assertThat(source.loads()).isEqualTo(2);
    node.heal();
    time.pass(PAUSE);
    assertThat(single.get(A, source)).contains("2");
  }

  /** Every call of every operation fails once, before or after it has done its work. */
  @Test
  void failureAtAnyCallLeavesNothingOld() {
    List<Consumer<TwoLevelCache<String>>> operations =
        List.of(
            each -> each.get(A, source),
            each -> each.getIfPresent(A),
            each -> each.voidKey(A),
            each -> each.remove(A),
            each -> each.clear(SPACE),
            TwoLevelCache::clearAll,
            each -> each.exists(A),
            each -> each.cleanUp(SPACE),
            each -> each.stats(SPACE),
            each -> each.keys(new KeyQuery(SPACE, "", "", 5)));
    for (Consumer<TwoLevelCache<String>> operation : operations) {
      for (int call = 1; call <= 4; call++) {
        for (boolean before : new boolean[] {true, false}) {
          failOnce(operation, call, before);
        }
      }
    }
  }

  private void failOnce(Consumer<TwoLevelCache<String>> operation, int call, boolean before) {
    CacheKey other = key("other");
    source.with(A, "1");
    cache.get(A, source);
    cache.get(other, source.with(other, "o"));
    first.clearAll();
    source.with(A, "2");
    long at = second.calls() + call;
    second.faults(before ? Faults.NONE.beforeCall(at) : Faults.NONE.afterCall(at));
    cache.voidKey(A);
    operation.accept(cache);
    assertThat(cache.get(A, source)).contains("2");
    second.faults(Faults.NONE);
    time.pass(PAUSE);
    assertThat(cache.get(A, source)).contains("2");
    assertThat(cache.get(other, source)).contains("o");
    first.clearAll();
    assertThat(cache.get(A, source)).contains("2");
    assertThat(cache.isWhole()).isTrue();
    cache.clearAll();
  }
}
