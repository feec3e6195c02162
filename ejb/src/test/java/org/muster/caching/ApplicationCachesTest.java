package org.muster.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyQuery;
import org.muster.cache.Lifetime;
import org.muster.cache.config.Caches;
import org.muster.cache.config.Neighbours;
import org.muster.cache.twolevel.CacheStats;
import org.muster.config.Settings;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.scim.ScimException;

class ApplicationCachesTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final CacheSpace SPACE = new CacheSpace(TENANT, "sessions");
  private static final CacheKey KEY = new CacheKey(SPACE, "a");
  private static final Quota QUOTA = new Quota(1_000, 100, 1_000_000, 10);

  private final Map<String, String> values = new HashMap<>();
  private final Caches caches =
      new Caches(
          new Settings(key -> Optional.ofNullable(values.get(key))),
          provider -> Calls.UNWATCHED,
          Neighbours.NONE);

  private ApplicationCaches open() {
    return ApplicationCaches.open(caches);
  }

  @AfterEach
  void close() {
    caches.close();
  }

  private static Content text(ApplicationCaches in, String text) {
    return in.content("text/plain", text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  @Test
  void contentIsKeptUntilItIsRemoved() {
    ApplicationCaches subject = open();
    subject.put(KEY, text(subject, "x"), QUOTA);
    assertThat(subject.get(KEY).orElseThrow().bytes()).asString().isEqualTo("x");
    assertThat(subject.putIfVacant(KEY, text(subject, "y"), QUOTA)).isFalse();
    assertThat(subject.remove(KEY)).isTrue();
    assertThat(subject.remove(KEY)).isFalse();
    assertThat(subject.get(KEY)).isEmpty();
  }

  @Test
  void cacheIsThereAsLongAsItHasEntries() {
    ApplicationCaches subject = open();
    assertThat(subject.spaces(TENANT)).isEmpty();
    subject.put(KEY, text(subject, "x"), QUOTA);
    assertThat(subject.spaces(TENANT)).containsExactly(SPACE);
    assertThat(subject.spaces(new TenantId("other"))).isEmpty();
    assertThat(subject.keys(new KeyQuery(SPACE, "", "", 10)).keys()).containsExactly("a");
    assertThat(subject.clear(SPACE)).isEqualTo(1);
    assertThat(subject.spaces(TENANT)).isEmpty();
  }

  @Test
  void tenantIsErasedWhole() {
    ApplicationCaches subject = open();
    CacheKey foreign = new CacheKey(new CacheSpace(new TenantId("other"), "sessions"), "a");
    subject.put(KEY, text(subject, "x"), QUOTA);
    subject.put(new CacheKey(new CacheSpace(TENANT, "more"), "b"), text(subject, "x"), QUOTA);
    subject.put(foreign, text(subject, "x"), QUOTA);
    assertThat(subject.erase(TENANT)).isEqualTo(2);
    assertThat(subject.erase(TENANT)).isZero();
    assertThat(subject.get(foreign)).isPresent();
  }

  @Test
  void configuredTimeToLiveBoundsThatOfTheApplication() {
    values.put("muster.cache.applications.ttl-seconds", "60");
    ApplicationCaches subject = open();
    long now = Clock.systemUTC().millis();
    assertThat(text(subject, "x").expiresMillis()).isBetween(now + 60_000, now + 70_000);
    long longer =
        subject.content("text/plain", new byte[0], Optional.of(Duration.ofDays(1))).expiresMillis();
    assertThat(longer).isBetween(now + 60_000, now + 70_000);
    long shorter =
        subject
            .content("text/plain", new byte[0], Optional.of(Duration.ofSeconds(5)))
            .expiresMillis();
    assertThat(shorter).isBetween(now + 5_000, now + 15_000);
  }

  @Test
  void quotaIsHeld() {
    ApplicationCaches subject = open();
    Quota one = new Quota(1_000, 1, 1_000_000, 10);
    subject.put(KEY, text(subject, "x"), one);
    assertThatThrownBy(() -> subject.put(new CacheKey(SPACE, "b"), text(subject, "x"), one))
        .isInstanceOf(ScimException.class)
        .hasMessage("This tenant may not have more entries in its caches than 1");
    assertThat(subject.get(new CacheKey(SPACE, "b"))).isEmpty();
  }

  @Test
  void whatIsPutAgainIsNoFurtherEntry() {
    ApplicationCaches subject = open();
    Quota ten = new Quota(1_000, 10, 1_000_000, 10);
    for (int i = 0; i < 100; i++) {
      subject.put(KEY, text(subject, "x" + i), ten);
      assertThat(subject.putIfVacant(KEY, text(subject, "y"), ten)).isFalse();
    }
    for (int i = 1; i < 10; i++) {
      subject.put(new CacheKey(SPACE, "b" + i), text(subject, "x"), ten);
    }
    assertThatThrownBy(() -> subject.put(new CacheKey(SPACE, "c"), text(subject, "x"), ten))
        .isInstanceOf(ScimException.class);
  }

  @Test
  void statisticsAreThoseOfTheCache() {
    ApplicationCaches subject = open();
    subject.put(KEY, text(subject, "x"), QUOTA);
    subject.get(KEY);
    subject.get(new CacheKey(SPACE, "b"));
    CacheStats stats = subject.stats(SPACE);
    assertThat(stats.hits()).isEqualTo(1);
    assertThat(stats.misses()).isEqualTo(1);
    assertThat(stats.hitRatio()).isEqualTo(0.5);
  }

  @Test
  void whatIsSwitchedOffSaysSo() {
    values.put("muster.cache.applications.levels", "off");
    ApplicationCaches subject = open();
    assertThatThrownBy(() -> subject.get(KEY))
        .isInstanceOf(ScimException.class)
        .hasMessage("The caches for applications are switched off here");
    assertThat(subject.erase(TENANT)).isZero();
  }

  @Test
  void contentsComeBackFromTheirBytes() {
    ContentCodec codec = new ContentCodec();
    Content content = new Content("text/plain", new byte[] {1, 0, -1}, Lifetime.NEVER);
    Content back = codec.decode(ByteBuffer.wrap(codec.encode(content)));
    assertThat(back.type()).isEqualTo("text/plain");
    assertThat(back.bytes()).isEqualTo(content.bytes());
    assertThat(back.tag()).isEqualTo(content.tag());
    assertThat(back.expiresMillis()).isEqualTo(Lifetime.NEVER);
    byte[] encoded = codec.encode(content);
    for (int length = 0; length < 11; length++) {
      byte[] cut = java.util.Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(cut)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    encoded[0] = 9;
    assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(encoded)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
