package org.muster.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.TenantId;

/** What the parts of the contract share: a space for each test, and short words. */
@Timeout(120)
abstract class LevelContract {
  static final PutCondition ALWAYS = new PutCondition.Always();
  static final PutCondition IF_VACANT = new PutCondition.IfVacant();
  private static final AtomicLong VERSIONS = new AtomicLong();

  CacheSpace space = new CacheSpace(TenantId.DEFAULT, "none");
  CacheLevel<String> level;

  /** What is under test. */
  abstract CacheLevelContract subject();

  @BeforeEach
  void openSpace() {
    level = subject().level();
    space = space("users");
  }

  /** A space that no other test has. */
  static CacheSpace space(String name) {
    return new CacheSpace(new TenantId("t" + UUID.randomUUID().toString().replace("-", "")), name);
  }

  CacheKey key(String text) {
    return new CacheKey(space, text);
  }

  /** An entry that lives for ever, of a version that no other one has. */
  static CacheEntry<String> entry(String value) {
    return entry(value, Lifetime.ENDLESS);
  }

  static CacheEntry<String> entry(String value, Lifetime lifetime) {
    return new CacheEntry<>(Optional.of(value), VERSIONS.incrementAndGet(), lifetime);
  }

  static CacheEntry<String> absence() {
    return new CacheEntry<>(Optional.empty(), VERSIONS.incrementAndGet(), Lifetime.ENDLESS);
  }

  Lifetime lasting(Duration ttl) {
    return Lifetime.of(subject().clock().millis(), ttl);
  }

  boolean put(String key, String value) {
    return level.put(key(key), entry(value), ALWAYS);
  }

  boolean putIfMark(CacheKey key, String value, long mark) {
    return level.put(key, entry(value), new PutCondition.IfMark(mark));
  }

  /** What is served under the key. */
  Optional<String> value(CacheKey key) {
    return level.get(key).entry().flatMap(CacheEntry::value);
  }

  Optional<String> value(String key) {
    return value(key(key));
  }

  long mark(CacheKey key) {
    return level.get(key).mark();
  }

  /** All keys of the space with a prefix, page by page. */
  List<String> keys(String prefix, int limit) {
    List<String> keys = new ArrayList<>();
    KeyPage page = level.keys(new KeyQuery(space, prefix, "", limit));
    keys.addAll(page.keys());
    while (page.next().isPresent()) {
      page = level.keys(new KeyQuery(space, prefix, page.next().get(), limit));
      keys.addAll(page.keys());
    }
    return keys;
  }

  static Random random(TestReporter reporter) {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    reporter.publishEntry("muster.seed", Long.toString(seed));
    return new Random(seed);
  }
}
