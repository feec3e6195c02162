package org.muster.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.cache.redis.TestRedis.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.cache.Slot;
import org.muster.cache.coded.Heard;
import org.muster.cache.coded.TextCodec;
import org.muster.kernel.TenantId;

/** Two nodes on one Redis, which is killed, restarted, and made to hang. */
final class RedisNodesTest {
  private static final PutCondition ALWAYS = new PutCondition.Always();

  private final CacheSpace space = new CacheSpace(new TenantId("acme"), "User");
  private final CacheKey key = new CacheKey(space, "1");
  private TestRedis redis;
  private RedisNode one;
  private RedisNode two;
  private RedisLevel<String> here;
  private RedisLevel<String> there;
  private final Heard heard = new Heard();

  @BeforeEach
  void start() {
    redis = TestRedis.start();
    one = TestRedis.node(redis.port(), Duration.ofMillis(500));
    two = TestRedis.node(redis.port(), Duration.ofMillis(500));
    here = one.level("users", 1_000_000, new TextCodec());
    there = two.level("users", 1_000_000, new TextCodec());
    there.coherence().listen(heard);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    one.close();
    two.close();
    redis.close();
  }

  private static CacheEntry<String> entry(String value, long version) {
    return new CacheEntry<>(Optional.of(value), version, Lifetime.ENDLESS);
  }

  @Test
  void whatOnePutsTheOtherReads() {
    here.put(key, entry("ann", 1), ALWAYS);
    assertThat(there.get(key)).isEqualTo(Slot.of(entry("ann", 1)));
    assertThat(there.voidKey(key)).isTrue();
    assertThat(here.get(key).entry()).isEmpty();
  }

  @Test
  void voidingIsHeard() throws Exception {
    here.put(key, entry("ann", 1), ALWAYS);
    await("the put is heard", () -> heard.of(key));
    CacheKey other = new CacheKey(space, "2");
    here.voidKey(other);
    await("the voiding is heard", () -> heard.of(other));
    assertThat(there.coherence().isImmediate()).isFalse();
  }

  @Test
  void clearIsHeard() throws Exception {
    here.put(key, entry("ann", 1), ALWAYS);
    there.get(key);
    here.clear(space);
    await("the clear is heard", () -> heard.of(space));
    assertThat(there.get(key).entry()).isEmpty();
  }

  @Test
  void whatWasSeenBeforeAClearByAnotherIsNotPut() {
    long seen = there.get(key).mark();
    here.clear(space);
    assertThat(there.put(key, entry("old", 1), new PutCondition.IfMark(seen))).isFalse();
    long fresh = there.get(key).mark();
    assertThat(there.put(key, entry("new", 2), new PutCondition.IfMark(fresh))).isTrue();
  }

  @Test
  void whatIsSeenBeforeAnotherHasMadeTheSpaceIsNotPut() {
    long seen = there.get(key).mark();
    here.voidKey(key);
    assertThat(there.put(key, entry("old", 1), new PutCondition.IfMark(seen))).isFalse();
    CacheKey other = new CacheKey(new CacheSpace(new TenantId("other"), "User"), "1");
    long vacant = there.get(other).mark();
    assertThat(there.put(other, entry("new", 1), new PutCondition.IfMark(vacant))).isTrue();
  }

  @Test
  void readingLeavesNothing() {
    here.put(key, entry("ann", 1), ALWAYS);
    long keys = redis.bare(connection -> connection.sync().dbsize());
    for (int i = 0; i < 20; i++) {
      CacheSpace unknown = new CacheSpace(new TenantId("acme"), "unknown" + i);
      CacheKey none = new CacheKey(unknown, "1");
      assertThat(there.get(none).entry()).isEmpty();
      assertThat(there.peek(none).entry()).isEmpty();
      assertThat(there.exists(none)).isFalse();
      assertThat(there.keys(new KeyQuery(unknown, "", "", 10)).keys()).isEmpty();
      assertThat(there.cleanUp(unknown)).isZero();
      assertThat(there.stats(unknown).entries()).isZero();
    }
    long after = redis.bare(connection -> connection.sync().dbsize());
    assertThat(after).isEqualTo(keys);
    assertThat(there.spaces(new TenantId("acme"))).containsExactly(space);
  }

  @Test
  void readOfASpaceThatWasNeverWrittenIsOneRoundTrip() {
    here.clearAll(); // so that there is something to be asked for
    long gets = calls("get");
    long mgets = calls("mget");
    for (int i = 0; i < 10; i++) {
      CacheSpace unknown = new CacheSpace(new TenantId("acme"), "unknown" + i);
      assertThat(there.get(new CacheKey(unknown, "1")).mark()).isNotZero();
    }
    assertThat(calls("get")).isEqualTo(gets);
    assertThat(calls("mget")).isEqualTo(mgets + 10);
  }

  /** How often the server was told to do that. */
  private long calls(String command) {
    String stats = redis.bare(connection -> connection.sync().info("commandstats"));
    Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=([0-9]+)").matcher(stats);
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }

  @Test
  void killedServerIsSaidToBeGoneAtOnce() throws Exception {
    here.put(key, entry("ann", 1), ALWAYS);
    redis.kill();
    await("the loss is seen", () -> !here.coherence().isConnected());
    for (Runnable call :
        new Runnable[] {
          () -> here.get(key),
          () -> here.exists(key),
          () -> here.put(key, entry("bob", 2), ALWAYS),
          () -> here.voidKey(key),
          () -> here.keys(new KeyQuery(space, "", "", 10)),
          () -> here.clear(space),
          () -> here.clearAll(),
          () -> here.cleanUp(space)
        }) {
      assertThatThrownBy(call::run).isInstanceOf(CacheLevelException.class);
    }
    assertThat(here.stats(space).failures()).isPositive();
  }

  @Test
  void restartedServerServesNothingOfItsEarlierRun() throws Exception {
    here.put(key, entry("old", 1), ALWAYS);
    long vacant = there.get(new CacheKey(space, "2")).mark();
    // What it keeps on disk is older than what was voided since.
    redis.bare(connection -> connection.sync().save());
    here.voidKey(key);
    int told = heard.all();
    redis.kill();
    await("both see the loss", () -> !isBack(here) && !isBack(there));
    redis.restart();
    await("both are back", () -> here.coherence().isConnected() && isBack(there));
    assertThat(heard.all()).isGreaterThan(told);
    assertThat(here.get(key).entry()).isEmpty();
    assertThat(there.get(key).entry()).isEmpty();
    assertThat(
            there.put(new CacheKey(space, "2"), entry("old", 1), new PutCondition.IfMark(vacant)))
        .isFalse();
    here.put(key, entry("new", 2), ALWAYS);
    assertThat(there.get(key).entry()).contains(entry("new", 2));
  }

  private static boolean isBack(RedisLevel<String> level) {
    return level.coherence().isConnected();
  }

  @Test
  void whatWasSeenBeforeARestartIsNotPut() throws Exception {
    long vacant = here.get(key).mark();
    redis.kill();
    await("the loss is seen", () -> !isBack(here));
    redis.restart();
    await("it is back", () -> isBack(here));
    assertThat(here.put(key, entry("old", 1), new PutCondition.IfMark(vacant))).isFalse();
    long fresh = here.get(key).mark();
    assertThat(here.put(key, entry("new", 2), new PutCondition.IfMark(fresh))).isTrue();
  }

  @Test
  void emptiedServerIsNotTakenForAVacantOne() throws Exception {
    here.put(key, entry("ann", 1), ALWAYS);
    long seen = there.get(new CacheKey(space, "2")).mark();
    int told = heard.all();
    redis.bare(connection -> connection.sync().flushall());
    await("the loss is told of", () -> heard.all() > told);
    assertThat(here.get(key).entry()).isEmpty();
    assertThat(there.put(new CacheKey(space, "2"), entry("old", 1), new PutCondition.IfMark(seen)))
        .isFalse();
  }

  @Test
  void hangingServerCostsTheTimeOutAndIsGivenUp() throws Exception {
    here.put(key, entry("ann", 1), ALWAYS);
    redis.pause();
    try {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> here.get(key)).isInstanceOf(CacheLevelException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      await("it is given up", () -> !here.coherence().isConnected());
    } finally {
      redis.resume();
    }
    await("it is back", () -> isBack(here));
    // The same run: what it has is as good as before.
    assertThat(here.get(key).entry()).contains(entry("ann", 1));
  }

  @Test
  void levelStartsWithoutItsServer() throws Exception {
    redis.kill();
    try (RedisNode late = TestRedis.node(redis.port(), Duration.ofMillis(500));
        RedisLevel<String> level = late.level("users", 1_000_000, new TextCodec())) {
      assertThat(level.coherence().isConnected()).isFalse();
      assertThatThrownBy(() -> level.get(key)).isInstanceOf(CacheLevelException.class);
      redis.restart();
      await("it is there", () -> isBack(level));
      assertThat(level.get(key).entry()).isEmpty();
    }
  }

  @Test
  void bytesOfOthersAreNotServed() {
    for (byte[] bytes :
        new byte[][] {{}, {1}, new byte[10_000], "{}".getBytes(StandardCharsets.UTF_8)}) {
      here.voidKey(key);
      redis.bare(connection -> connection.sync().set(here.names().cell(key), bytes));
      long before = here.stats(space).corrupt();
      assertThat(here.get(key).entry()).isEmpty();
      assertThat(here.stats(space).corrupt()).isEqualTo(before + 1);
      assertThat(here.exists(key)).isFalse();
    }
  }

  @Test
  void fullServerIsAFailureAndNoWrongAnswer() throws Exception {
    redis.bare(connection -> connection.sync().configSet("maxmemory", "1"));
    assertThatThrownBy(() -> here.put(key, entry("ann", 1), ALWAYS))
        .isInstanceOf(CacheLevelException.class);
    redis.bare(connection -> connection.sync().configSet("maxmemory", "0"));
    assertThat(here.put(key, entry("ann", 1), ALWAYS)).isTrue();
  }

  @Test
  void closedLevelLeavesNoThread() throws Exception {
    here.close();
    there.close();
    one.close();
    two.close();
    await(
        "threads have ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(
                    thread ->
                        thread.getName().startsWith("muster-redis")
                            || thread.getName().startsWith("lettuce")));
  }

  @Test
  void secretIsInNoMessage() {
    assertThatThrownBy(() -> RedisSettings.uri("redis://user:hush@ho st:99999999"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hush")
        .hasNoCause();
    RedisSettings settings =
        new RedisSettings(
            RedisSettings.uri("rediss://user:hush@localhost:6380/1"),
            "muster",
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));
    assertThat(settings.toString()).doesNotContain("hush");
    assertThat(settings.uri().isSsl()).isTrue();
  }
}
