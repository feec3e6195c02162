package org.muster.cache.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.Codec;
import org.muster.cache.Coherence;
import org.muster.cache.LocalCoherence;
import org.muster.cache.metrics.CacheReads;
import org.muster.cache.twolevel.CacheStats;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.config.Settings;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;

class CachesTest {
  private static final CacheKey KEY = new CacheKey(new CacheSpace(TenantId.DEFAULT, "users"), "a");
  private static final Codec<String> TEXT =
      new Codec<>() {
        @Override
        public byte[] encode(String value) {
          return value.getBytes(UTF_8);
        }

        @Override
        public String decode(ByteBuffer bytes) {
          return UTF_8.decode(bytes).toString();
        }
      };

  private static CacheUse<String> use(String name) {
    return new CacheUse<>(name, TEXT, String::length, CacheUse.Usual.part(8));
  }

  private static Caches caches(String... keysAndValues) {
    return caches(Neighbours.NONE, keysAndValues);
  }

  private static Caches caches(Neighbours neighbours, String... keysAndValues) {
    return new Caches(settings(keysAndValues), provider -> Calls.UNWATCHED, neighbours);
  }

  private static Settings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }

  private static void refuses(String message, String... keysAndValues) {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              try (Caches caches = caches(keysAndValues)) {
                Caches.NAMES.forEach(name -> caches.open(use(name)));
              }
            })
        .withMessage(message);
  }

  private static void keeps(TwoLevelCache<String> cache) {
    keeps(cache, KEY);
  }

  private static void keeps(TwoLevelCache<String> cache, CacheKey where) {
    assertThat(cache.get(where, key -> Optional.of("v"))).contains("v");
    assertThat(cache.get(where, key -> Optional.of("w"))).contains("v");
  }

  @Test
  void cacheIsInTheHeapUnlessSomethingElseIsConfigured() {
    try (Caches caches = caches()) {
      TwoLevelCache<String> cache = caches.open(use("documents")).orElseThrow();
      keeps(cache);
      assertThat(cache.stats(KEY.space()).first().entries()).isEqualTo(1);
      assertThat(cache.stats(KEY.space()).second().puts()).isZero();
    }
  }

  @Test
  void totalsAreThoseOfAllSpaces() {
    try (Caches caches = caches()) {
      TwoLevelCache<String> cache = caches.open(use("documents")).orElseThrow();
      for (int i = 0; i < 50; i++) {
        keeps(cache, new CacheKey(new CacheSpace(new TenantId("t" + i), "users"), "k"));
      }
      CacheStats total = Objects.requireNonNull(caches.totals().get("documents"));
      assertThat(total.hits()).isEqualTo(50);
      assertThat(total.misses()).isEqualTo(50);
      assertThat(total.loads()).isEqualTo(50);
      assertThat(total.first().entries()).isEqualTo(50);
      assertThat(CacheReads.of(caches.totals()))
          .extracting(each -> each.provider().level(), each -> each.all().hitRatio().orElse(0))
          .containsExactly(tuple("whole", 0.5), tuple("heap", 0.5));
    }
  }

  @Test
  void cacheIsSwitchedOffAndOnByItsOwnKeyOrThatOfAll() {
    try (Caches caches =
        caches("muster.cache.levels", "off", "muster.cache.directory.levels", "heap")) {
      assertThat(caches.open(use("documents"))).isEmpty();
      assertThat(caches.open(use("directory"))).isPresent();
    }
  }

  @Test
  void bothLevelsOfOneNodeAreOpenedAndClosed() {
    TwoLevelCache<String> cache;
    try (Caches caches = caches("muster.cache.levels", "both")) {
      cache = caches.open(use("documents")).orElseThrow();
      keeps(cache);
      assertThat(cache.stats(KEY.space()).second().puts()).isEqualTo(1);
      keeps(caches.open(use("directory")).orElseThrow());
    }
    assertThat(cache.get(KEY, key -> Optional.of("w"))).contains("w");
  }

  @Test
  void nodeWithMembersIsReplicated() throws IOException {
    String port = Integer.toString(freePort());
    try (Caches caches =
        caches(
            "muster.cache.levels",
            "remote",
            "muster.cluster.node",
            "one",
            "muster.cluster.port",
            port,
            "muster.cluster.members",
            "127.0.0.1:" + port + ", [::1]:" + port)) {
      keeps(caches.open(use("applications")).orElseThrow());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Math.min(65_000, socket.getLocalPort());
    }
  }

  @Test
  void neighboursAreToldWhoIsHeard() throws IOException {
    Map<String, Predicate<String>> asked = new HashMap<>();
    String[] name = {""};
    Neighbours neighbours =
        heard -> {
          asked.put(name[0], heard);
          return new LocalCoherence(Duration.ofDays(1));
        };
    String port = Integer.toString(freePort());
    try (Caches caches =
        caches(
            neighbours,
            "muster.cache.documents.levels",
            "both",
            "muster.cluster.node",
            "one",
            "muster.cluster.port",
            port,
            "muster.cluster.members",
            "127.0.0.1:" + port)) {
      for (String each : List.of("documents", "directory")) {
        name[0] = each;
        caches.open(use(each));
      }
      assertThat(asked.get("documents")).accepts("one").rejects("two");
      assertThat(asked.get("directory")).rejects("one", "two");
    }
  }

  @Test
  void cacheThatIsNotSharedReliesOnNothingBesideANeighbour() {
    Coherence apart =
        new Coherence() {
          private final LocalCoherence local = new LocalCoherence(Duration.ofDays(1));

          @Override
          public Duration guard() {
            return local.guard();
          }

          @Override
          public void listen(org.muster.cache.VoidListener listener) {}

          @Override
          public boolean isImmediate() {
            return true;
          }

          @Override
          public boolean isConnected() {
            return false;
          }
        };
    try (Caches caches = caches(heard -> apart, "muster.cache.documents.levels", "both")) {
      for (String name : Caches.NAMES) {
        TwoLevelCache<String> cache = caches.open(use(name)).orElseThrow();
        assertThat(cache.get(KEY, key -> Optional.of("v"))).contains("v");
        assertThat(cache.get(KEY, key -> Optional.of("w"))).contains("w");
      }
    }
  }

  @Test
  void redisNeedNotBeThereAtTheStart() {
    try (Caches caches =
        caches(
            "muster.cache.documents.levels", "both",
            "muster.cache.second", "redis",
            "muster.redis.url", "redis://127.0.0.1:1/0")) {
      TwoLevelCache<String> cache = caches.open(use("documents")).orElseThrow();
      assertThat(cache.get(KEY, key -> Optional.of("v"))).contains("v");
    }
  }

  @Test
  void whatIsMissingOrContradictsRefusesTheStart() {
    refuses(
        "muster.cache.second=redis takes muster.redis.url",
        "muster.cache.levels",
        "both",
        "muster.cache.second",
        "redis");
    refuses(
        "muster.cache.mode is not allowed with muster.cache.second=redis",
        "muster.cache.levels",
        "both",
        "muster.cache.second",
        "redis",
        "muster.cache.mode",
        "replicated");
    refuses(
        "muster.cache.mode takes muster.cluster.members",
        "muster.cache.levels",
        "both",
        "muster.cache.mode",
        "distributed");
    refuses(
        "muster.cluster.members takes muster.cluster.node, a name that no other node has",
        "muster.cache.levels",
        "both",
        "muster.cluster.members",
        "127.0.0.1:7800");
    refuses(
        "muster.cluster.keys and muster.cluster.trusted take each other",
        "muster.cache.levels",
        "both",
        "muster.cluster.members",
        "127.0.0.1:7800",
        "muster.cluster.node",
        "a",
        "muster.cluster.keys",
        "/k");
    refuses(
        "muster.cache.second is not used: muster.cache.levels is remote or both for no cache",
        "muster.cache.second",
        "redis");
  }

  @Test
  void badValuesAreNamed() {
    refuses(
        "muster.cache.levels=all is not allowed; it must be one of off, heap, remote, both",
        "muster.cache.levels",
        "all");
    refuses(
        "muster.cache.directory.levels=two is not allowed; it must be one of off, heap, remote,"
            + " both",
        "muster.cache.directory.levels",
        "two");
    refuses(
        "muster.cache.documents.max-bytes=1 is not allowed; it must be a whole number from 65536"
            + " to 1099511627776",
        "muster.cache.documents.max-bytes",
        "1");
    refuses(
        "muster.cache.applications.jitter-percent=51 is not allowed; it must be a whole number"
            + " from 0 to 50",
        "muster.cache.applications.jitter-percent",
        "51");
    refuses(
        "muster.cluster.members=a is not allowed; it must be HOST:PORT of each node, with commas"
            + " in between",
        "muster.cache.levels",
        "both",
        "muster.cluster.members",
        "a");
    refuses(
        "muster.cluster.members=127.0.0.1:1,:7 is not allowed; it must be HOST:PORT of each node,"
            + " with commas in between",
        "muster.cache.levels",
        "both",
        "muster.cluster.members",
        "127.0.0.1:1,:7");
  }

  @Test
  void urlOfRedisIsNotShown() {
    refuses(
        "muster.redis.url, muster.redis.namespace: Not the URL of a Redis (redis://host:6379,"
            + " rediss://user:password@host:6380/0)",
        "muster.cache.levels",
        "both",
        "muster.cache.second",
        "redis",
        "muster.redis.url",
        "htp://secret@host");
  }

  @Test
  void portThatIsTakenRefusesTheStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refuses(
          "Level 2 of the caches can't start; are 127.0.0.1:"
              + port
              + " and the port 100 above it free?",
          "muster.cache.levels",
          "both",
          "muster.cluster.node",
          "one",
          "muster.cluster.port",
          "" + port,
          "muster.cluster.members",
          "127.0.0.1:" + port);
    }
  }

  @Test
  void nodeHasAnotherNameForEachPlaceThatIsShared() {
    assertThat(nodeName("muster.cluster.node", "one")).isEmpty();
    assertThat(nodeName("muster.cache.levels", "both", "muster.cluster.node", "one")).isEmpty();
    assertThat(
            nodeName(
                "muster.cache.levels", "both",
                "muster.cluster.node", "one",
                "muster.cluster.members", "127.0.0.1:7800"))
        .contains("one");
    assertThat(
            nodeName(
                "muster.cache.levels", "remote",
                "muster.cache.second", "redis",
                "muster.redis.url", "redis://:secret@host:77/3"))
        .contains("redis/host:77/3/muster");
  }

  private static Optional<String> nodeName(String... keysAndValues) {
    return Caches.nodeName(settings(keysAndValues));
  }
}
