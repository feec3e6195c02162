package org.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.Coherence;
import org.muster.cache.VoidListener;

/** When a node relies on what it has cached, while others come, go, hang and are cut off. */
class LiveNodesTest {
  private static final Duration INSTANT = Duration.ofMillis(1);

  private final MemoryNodeRegistry registry = new MemoryNodeRegistry();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final LiveNodes one = node("one", Optional.empty());
  private final LiveNodes two = node("two", Optional.empty());

  private LiveNodes node(String name, Optional<String> cacheName) {
    return new LiveNodes(new Node(name, name + ":1", cacheName), registry, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    registry.pass(time);
  }

  private static Coherence alone(LiveNodes node) {
    return node.coherence(name -> false);
  }

  /** What a node that is alone has, after its first beat. */
  private Coherence begun(LiveNodes node) {
    Coherence coherence = alone(node);
    assertThat(coherence.isConnected()).isFalse();
    assertThat(node.join()).isZero();
    assertThat(coherence.isConnected()).isTrue();
    return coherence;
  }

  @Test
  void loneNodeServesAtOnceAndReliesOnItsCache() {
    begun(one);
    assertThat(one.others()).isEmpty();
  }

  @Test
  void beatIsReliedUponForTheTimeOfTrustAndNotLonger() {
    Coherence coherence = begun(one);
    pass(LiveNodes.TRUST.minus(INSTANT));
    assertThat(coherence.isConnected()).isTrue();
    pass(INSTANT);
    assertThat(coherence.isConnected()).isFalse();
    one.beat();
    assertThat(coherence.isConnected()).isTrue();
  }

  @Test
  void whoJoinsWaitsUntilTheOthersHaveSeenItOrRelyOnNothing() {
    Coherence coherence = begun(one);
    pass(INSTANT);
    Duration wait = two.join();
    assertThat(wait).isGreaterThan(LiveNodes.TRUST);
    assertThat(coherence.isConnected()).isTrue(); // it has not looked since, and nobody serves yet
    pass(wait);
    assertThat(coherence.isConnected()).isFalse(); // though it has not looked since
    one.beat();
    assertThat(coherence.isConnected()).isFalse();
    assertThat(one.others()).containsExactly(two.self());
  }

  @Test
  void ofTwoThatJoinAtTheSameTimeOneAtLeastSeesTheOther() {
    registry.begin(one.self());
    Duration wait = two.join();
    assertThat(wait).isPositive();
    assertThat(one.join()).isPositive();
  }

  @Test
  void killedNodeIsLiveUntilItsBeatIsTooOld() {
    Coherence coherence = begun(one);
    two.join();
    one.beat();
    pass(NodeRegistry.LIVE.minus(INSTANT));
    one.beat();
    assertThat(coherence.isConnected()).isFalse();
    pass(INSTANT);
    one.beat();
    assertThat(coherence.isConnected()).isTrue();
  }

  @Test
  void nodeThatEndsIsGoneAtOnceAndDoesNotComeBackByALateBeat() {
    Coherence coherence = begun(one);
    two.join();
    one.beat();
    two.end();
    two.beat();
    one.beat();
    assertThat(coherence.isConnected()).isTrue();
  }

  @Test
  void whatAnotherWroteIsMissingAndToldBeforeTheCacheIsReliedUponAgain() {
    Coherence coherence = begun(one);
    AtomicInteger told = new AtomicInteger();
    coherence.listen(
        new Told(
            () -> {
              told.incrementAndGet();
              assertThat(coherence.isConnected()).isFalse();
            }));
    two.join();
    one.beat();
    assertThat(told).hasValue(0);
    two.end();
    one.beat();
    assertThat(told).hasValue(1);
    assertThat(coherence.isConnected()).isTrue();
    one.beat();
    assertThat(told).hasValue(1);
  }

  @Test
  void silenceOfTheDatabaseIsNoLossIfNobodyCameMeanwhile() {
    Coherence coherence = begun(one);
    AtomicInteger told = told(coherence);
    registry.away("one");
    pass(LiveNodes.TRUST.plus(INSTANT));
    one.beat();
    assertThat(coherence.isConnected()).isFalse();
    registry.away("");
    one.beat();
    assertThat(coherence.isConnected()).isTrue();
    assertThat(told).hasValue(0);
  }

  @Test
  void whoCameAndWentWhileTheDatabaseWasSilentHasWrittenPerhaps() {
    Coherence coherence = begun(one);
    AtomicInteger told = told(coherence);
    registry.away("one");
    pass(LiveNodes.TRUST.plus(INSTANT));
    two.join();
    two.end();
    registry.away("");
    one.beat();
    assertThat(coherence.isConnected()).isTrue();
    assertThat(told).hasValue(1);
  }

  @Test
  void longSilenceIsALossSinceWhoWasTakenForDeadMayHaveWritten() {
    Coherence coherence = begun(one);
    AtomicInteger told = told(coherence);
    pass(NodeRegistry.LIVE);
    one.beat();
    assertThat(told).hasValue(1);
  }

  @Test
  void otherThatIsHeardLeavesACacheReliable() {
    Set<String> heard = new HashSet<>(Set.of("n2"));
    LiveNodes other = node("other", Optional.of("n2"));
    Coherence shared = one.coherence(heard::contains);
    Coherence own = alone(one);
    one.join();
    assertThat(other.join()).isPositive();
    AtomicInteger told = told(shared);
    one.beat();
    assertThat(shared.isConnected()).isTrue();
    assertThat(own.isConnected()).isFalse();
    heard.clear();
    assertThat(shared.isConnected()).isFalse();
    one.beat();
    heard.add("n2");
    one.beat();
    assertThat(shared.isConnected()).isTrue();
    assertThat(told).hasValue(1);
  }

  @Test
  void nodeThatDiesMayHaveWrittenAndToldNobodyThoughItWasHeard() {
    LiveNodes other = node("other", Optional.of("n2"));
    Coherence shared = one.coherence("n2"::equals);
    one.join();
    other.join();
    one.beat();
    AtomicInteger told = told(shared);
    for (int i = 0; i < 12; i++) {
      pass(LiveNodes.BEAT);
      one.beat();
    }
    assertThat(one.others()).isEmpty();
    assertThat(told).hasValue(1);
    assertThat(shared.isConnected()).isTrue();
    LiveNodes again = node("again", Optional.of("n2"));
    again.join();
    one.beat();
    again.end();
    one.beat();
    assertThat(told).hasValue(1);
  }

  @Test
  void otherWithoutANameOrOfAnotherClusterIsNotHeard() {
    Coherence shared = one.coherence("n2"::equals);
    one.join();
    node("stranger", Optional.of("n3")).join();
    one.beat();
    assertThat(shared.isConnected()).isFalse();
  }

  @Test
  void whoJoinsOthersThatItHearsKeepsWhatTheySharedAndWhoIsAloneDoesNot() {
    LiveNodes first = node("first", Optional.of("n1"));
    Coherence ofFirst = first.coherence(name -> true);
    AtomicInteger clearedByFirst = told(ofFirst);
    first.join();
    assertThat(clearedByFirst).hasValue(1);
    LiveNodes second = node("second", Optional.of("n2"));
    Coherence ofSecond = second.coherence(name -> true);
    AtomicInteger clearedBySecond = told(ofSecond);
    second.join();
    assertThat(ofSecond.isConnected()).isTrue();
    assertThat(clearedBySecond).hasValue(0);
  }

  @Test
  void coherenceThatIsMadeLaterIsConnectedByTheNextBeatOfALoneNode() {
    one.join();
    Coherence late = alone(one);
    assertThat(late.isConnected()).isFalse();
    one.beat();
    assertThat(late.isConnected()).isTrue();
  }

  private static AtomicInteger told(Coherence coherence) {
    AtomicInteger told = new AtomicInteger();
    coherence.listen(new Told(told::incrementAndGet));
    return told;
  }

  /** Hears that something may have been missed. */
  private record Told(Runnable action) implements VoidListener {
    @Override
    public void voided(CacheKey key) {
      throw new AssertionError(key);
    }

    @Override
    public void voided(CacheSpace space) {
      throw new AssertionError(space);
    }

    @Override
    public void voidedAll() {
      action.run();
    }
  }
}
