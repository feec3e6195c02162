package org.muster.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.cache.infinispan.TestNodes.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.VoidListener;
import org.muster.cache.coded.Heard;
import org.muster.kernel.TenantId;

/** Several nodes over TCP: what they tell each other, and what they do when they can't. */
final class InfinispanNodesTest {
  private static final PutCondition ALWAYS = new PutCondition.Always();

  private final CacheSpace space = new CacheSpace(new TenantId("acme"), "User");
  private final CacheKey key = new CacheKey(space, "1");

  private static CacheEntry<String> entry(String value, long version) {
    return new CacheEntry<>(Optional.of(value), version, Lifetime.ENDLESS);
  }

  private static PutCondition seen(InfinispanLevel<String> level, CacheKey key) {
    return new PutCondition.IfMark(level.get(key).mark());
  }

  /** Says whether the slow listener of another node is through. */
  private static final class Slow implements VoidListener {
    private final AtomicBoolean done = new AtomicBoolean();

    @Override
    public void voided(CacheKey key) {
      finish();
    }

    @Override
    public void voided(CacheSpace space) {
      finish();
    }

    @Override
    public void voidedAll() {}

    private void finish() {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      done.set(true);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void allNodesHaveHeardWhenVoidingReturns(Sharing sharing) throws Exception {
    try (TestNodes nodes = new TestNodes(3)) {
      InfinispanLevel<String> first = TestNodes.level(nodes.start(0), sharing);
      InfinispanLevel<String> second = TestNodes.level(nodes.start(1), sharing);
      InfinispanLevel<String> third = TestNodes.level(nodes.start(2), sharing);
      Slow slow = new Slow();
      Slow slower = new Slow();
      second.coherence().listen(slow);
      third.coherence().listen(slower);
      for (int i = 0; i < 8; i++) {
        CacheKey each = new CacheKey(space, "k" + i);
        first.get(each);
        second.get(each);
        slow.done.set(false);
        slower.done.set(false);
        assertThat(first.coherence().isImmediate()).isTrue();
        first.voidKey(each);
        assertThat(slow.done).isTrue();
        assertThat(slower.done).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void whatOneVoidsNoOtherPutsBack(Sharing sharing) {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0), sharing);
      InfinispanLevel<String> there = TestNodes.level(nodes.start(1), sharing);
      there.put(key, entry("old", 1), seen(there, key));
      assertThat(there.get(key).entry()).contains(entry("old", 1));
      PutCondition slow = seen(there, key);
      here.voidKey(key);
      assertThat(there.get(key).entry()).isEmpty();
      assertThat(there.put(key, entry("old", 2), slow)).isFalse();
      assertThat(there.put(key, entry("old", 2), new PutCondition.IfMark(0))).isFalse();
      assertThat(there.put(key, entry("new", 3), seen(there, key))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void clearReachesAll(Sharing sharing) {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0), sharing);
      InfinispanLevel<String> there = TestNodes.level(nodes.start(1), sharing);
      Heard heard = new Heard();
      there.coherence().listen(heard);
      there.put(key, entry("old", 1), ALWAYS);
      CacheKey other = new CacheKey(space, "2");
      PutCondition slow = seen(there, other);
      here.clear(space);
      assertThat(heard.of(space)).isTrue();
      assertThat(there.get(key).entry()).isEmpty();
      assertThat(there.put(other, entry("old", 1), slow)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void readingMakesNoSpace(Sharing sharing) {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0), sharing);
      InfinispanNode node = nodes.start(1);
      InfinispanLevel<String> there = TestNodes.level(node, sharing);
      here.put(key, entry("ann", 1), ALWAYS);
      for (int i = 0; i < 20; i++) {
        CacheSpace unknown = new CacheSpace(space.tenant(), "unknown" + i);
        CacheKey none = new CacheKey(unknown, "1");
        assertThat(there.get(none).entry()).isEmpty();
        assertThat(there.peek(none).entry()).isEmpty();
        assertThat(there.exists(none)).isFalse();
        assertThat(there.keys(new KeyQuery(unknown, "", "", 10)).keys()).isEmpty();
        assertThat(there.cleanUp(unknown)).isZero();
        assertThat(there.stats(unknown).entries()).isZero();
      }
      assertThat(node.spaces("users")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void putIsHeard(Sharing sharing) throws Exception {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0), sharing);
      InfinispanLevel<String> there = TestNodes.level(nodes.start(1), sharing);
      Heard heard = new Heard();
      Heard own = new Heard();
      there.coherence().listen(heard);
      here.coherence().listen(own);
      here.put(key, entry("ann", 1), ALWAYS);
      assertThat(heard.of(key)).isTrue();
      assertThat(own.of(key)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void nodeThatEndsInOrderIsNotMissed(Sharing sharing) throws Exception {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0), sharing);
      InfinispanNode other = nodes.start(1);
      TestNodes.level(other, sharing);
      here.put(key, entry("ann", 1), ALWAYS);
      other.close();
      await("this node goes on", () -> here.coherence().isConnected());
      assertThat(here.get(key).entry()).contains(entry("ann", 1));
      assertThat(here.voidKey(key)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void cutNodesRefuseAndNoStaleWriteWins(Sharing sharing) throws Exception {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanNode one = nodes.start(0);
      InfinispanNode two = nodes.start(1);
      InfinispanLevel<String> here = TestNodes.level(one, sharing);
      InfinispanLevel<String> there = TestNodes.level(two, sharing);
      Heard heard = new Heard();
      there.coherence().listen(heard);
      there.put(key, entry("old", 1), ALWAYS);
      CacheKey loading = new CacheKey(space, "2");
      PutCondition slow = seen(there, loading);
      cut(one);
      cut(two);
      assertThatThrownBy(() -> here.voidKey(key)).isInstanceOf(CacheLevelException.class);
      await(
          "both see the loss",
          () -> !here.coherence().isConnected() && !there.coherence().isConnected());
      assertThat(heard.all()).isPositive();
      await("the level refuses too", () -> isRefused(there) && isRefused(here));
      assertThatThrownBy(() -> there.exists(key)).isInstanceOf(CacheLevelException.class);
      assertThatThrownBy(() -> there.put(loading, entry("old", 1), slow))
          .isInstanceOf(CacheLevelException.class);
      assertThatThrownBy(() -> there.voidKey(key)).isInstanceOf(CacheLevelException.class);
      assertThatThrownBy(() -> here.clear(space)).isInstanceOf(CacheLevelException.class);
      heal(one);
      heal(two);
      await(
          "both are whole",
          () -> here.coherence().isConnected() && there.coherence().isConnected());
      // What could not be voided meanwhile is voided now.
      here.voidKey(key);
      here.voidKey(loading);
      assertThat(there.get(key).entry()).isEmpty();
      assertThat(there.put(loading, entry("old", 1), slow)).isFalse();
      assertThat(there.put(key, entry("new", 2), seen(there, key))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLICATED", "DISTRIBUTED", "INVALIDATION"})
  void nodeThatWasKilledIsStartedAgainAndWhatWasThereIsDropped(Sharing sharing) throws Exception {
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0), sharing);
      InfinispanNode killed = nodes.start(1);
      TestNodes.level(killed, sharing);
      here.put(key, entry("old", 1), ALWAYS);
      kill(killed);
      nodes.lose(killed);
      await("the loss is seen", () -> !here.coherence().isConnected());
      InfinispanNode again = nodes.start(1);
      InfinispanLevel<String> there = TestNodes.level(again, sharing);
      await(
          "both are whole",
          () -> here.coherence().isConnected() && there.coherence().isConnected());
      assertThat(here.get(key).entry()).isEmpty();
      assertThat(there.put(key, entry("new", 2), seen(there, key))).isTrue();
      here.voidKey(key);
      assertThat(there.get(key).entry()).isEmpty();
    }
  }

  /** It neither says that it ends nor leaves: its connections break. */
  private static void kill(InfinispanNode node) throws Exception {
    cut(node);
    var transport = node.cache(Configurations.FACTS).getRpcManager().getTransport();
    ((JGroupsTransport) transport).getChannel().close();
  }

  @Test
  void majorityGoesOnAndTheOtherRefuses() throws Exception {
    try (TestNodes nodes = new TestNodes(3, Duration.ofMillis(1))) {
      InfinispanLevel<String> first = TestNodes.level(nodes.start(0), Sharing.REPLICATED);
      TestNodes.level(nodes.start(1), Sharing.REPLICATED);
      InfinispanNode lost = nodes.start(2);
      InfinispanLevel<String> third = TestNodes.level(lost, Sharing.REPLICATED);
      first.put(key, entry("old", 1), ALWAYS);
      cut(lost);
      await("the one refuses", () -> !third.coherence().isConnected());
      await("the others bury it", () -> isWritable(first));
      first.put(key, entry("new", 2), ALWAYS);
      assertThat(first.coherence().isConnected()).isTrue();
      assertThatThrownBy(() -> third.put(key, entry("stale", 3), ALWAYS))
          .isInstanceOf(CacheLevelException.class);
      heal(lost);
      await("it is back", () -> third.coherence().isConnected());
      await("it has what the others have", () -> third.get(key).mark() == 2);
      assertThat(first.get(key).entry()).contains(entry("new", 2));
    }
  }

  private boolean isRefused(InfinispanLevel<String> level) {
    try {
      level.get(key);
      return false;
    } catch (CacheLevelException e) {
      return true;
    }
  }

  private boolean isWritable(InfinispanLevel<String> level) {
    try {
      level.voidKey(new CacheKey(space, "probe"));
      return level.coherence().isConnected();
    } catch (CacheLevelException e) {
      return false;
    }
  }

  private static void cut(InfinispanNode node) throws Exception {
    stack(node)
        .insertProtocol(new DISCARD().discardAll(true), ProtocolStack.Position.ABOVE, TP.class);
  }

  private static ProtocolStack stack(InfinispanNode node) {
    var transport = node.cache(Configurations.FACTS).getRpcManager().getTransport();
    return ((JGroupsTransport) transport).getChannel().getProtocolStack();
  }

  private static void heal(InfinispanNode node) {
    stack(node).removeProtocol(DISCARD.class);
  }

  @Test
  void bytesOfOthersAreNotServed() {
    try (InfinispanNode node = TestNodes.alone(Optional.empty())) {
      InfinispanLevel<String> level = TestNodes.level(node, Sharing.LOCAL);
      for (byte[] bytes : new byte[][] {{}, {1}, new byte[10_000]}) {
        level.voidKey(key);
        Spoiling.write(node, "users", key, bytes);
        long before = level.stats(space).corrupt();
        assertThat(level.get(key).entry()).isEmpty();
        assertThat(level.stats(space).corrupt()).isEqualTo(before + 1);
        assertThat(level.exists(key)).isFalse();
      }
    }
  }

  @Test
  void nodesProveThemselvesByCertificates(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    String command =
        "keytool -genkeypair -alias node -keyalg RSA -storetype PKCS12 -storepass secret"
            + " -dname CN=node -keystore "
            + file;
    new ProcessBuilder(command.split(" ")).start().waitFor();
    Optional<KeyStores> keys = Optional.of(new KeyStores(file, "secret", file, "secret"));
    try (TestNodes nodes = new TestNodes(3)) {
      InfinispanLevel<String> here = TestNodes.level(nodes.start(0, keys), Sharing.REPLICATED);
      InfinispanLevel<String> there = TestNodes.level(nodes.start(1, keys), Sharing.REPLICATED);
      here.put(key, entry("ann", 1), ALWAYS);
      assertThat(there.get(key).entry()).contains(entry("ann", 1));
      InfinispanLevel<String> stranger = TestNodes.level(nodes.start(2), Sharing.REPLICATED);
      assertThat(stranger.get(key).entry()).isEmpty();
      assertThat(keys.toString()).doesNotContain("secret");
    }
  }

  @Test
  void closedNodeLeavesNoThread() throws Exception {
    try (TestNodes nodes = new TestNodes(1)) {
      InfinispanNode node = nodes.start(0);
      TestNodes.level(node, Sharing.REPLICATED).get(key);
      node.close();
      await(
          "threads have ended",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().contains("node0")));
    }
  }
}
