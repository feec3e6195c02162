package org.muster.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevelException;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.Lifetime;
import org.muster.cache.config.CacheUse;
import org.muster.cache.config.Caches;
import org.muster.cache.twolevel.CacheSettings;
import org.muster.cache.twolevel.CacheStats;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.storage.StorageException;

/**
 * Caches for applications: what lies in them has its truth there, and may be gone at any time. A
 * cache is there as long as it has entries. Any call may throw {@link
 * org.muster.cache.CacheLevelException} where level 2 alone can answer and does not. Thread-safe.
 */
public final class ApplicationCaches {
  /** About what an entry needs beside its key and value. */
  private static final int OVERHEAD_BYTES = 400;

  private static final int HEAP_PART = 16;
  private static final int KNOWN_TENANTS = 10_000;

  private final Optional<TwoLevelCache<Content>> cache;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Cache<TenantId, Usage> usages =
      Caffeine.newBuilder().maximumSize(KNOWN_TENANTS).executor(Runnable::run).build();

  /**
   * Caches in one.
   *
   * @param cache empty if they are switched off
   * @param clock by which contents expire
   */
  public ApplicationCaches(
      Optional<TwoLevelCache<Content>> cache, Clock clock, LongSupplier nanos) {
    this.cache = cache;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** What the cache is to be opened for. */
  public static CacheUse<Content> use() {
    return new CacheUse<>(
        "applications",
        new ContentCodec(),
        content -> OVERHEAD_BYTES / 2 + content.bytes().length + content.type().length(),
        CacheUse.Usual.part(HEAP_PART));
  }

  /** Opens them as they are configured. */
  public static ApplicationCaches open(Caches caches) {
    return new ApplicationCaches(caches.open(use()), Clock.systemUTC(), System::nanoTime);
  }

  private TwoLevelCache<Content> cache() {
    return cache.orElseThrow(
        () -> new ScimException(501, "The caches for applications are switched off here"));
  }

  /** What is under a key. */
  public Optional<Content> get(CacheKey key) {
    return cache().getIfPresent(key);
  }

  /**
   * A content to be put.
   *
   * @param ttl its time to live; empty for the configured one
   */
  public Content content(String type, byte[] bytes, Optional<Duration> ttl) {
    CacheSettings settings = cache().settings();
    Optional<Duration> least =
        Stream.of(
                ttl,
                settings.levels().hasSecond() ? settings.second().ttl() : settings.first().ttl())
            .flatMap(Optional::stream)
            .min(Duration::compareTo);
    long expires =
        least.map(each -> Lifetime.of(clock.millis(), each).expiresMillis()).orElse(Lifetime.NEVER);
    return new Content(type, bytes, expires);
  }

  /**
   * Puts it in the place of what is there.
   *
   * @throws ScimException 403 if the tenant has used up its quota
   */
  public void put(CacheKey key, Content content, Quota quota) {
    admit(key, content, quota);
    cache().put(key, content, remaining(content));
  }

  /** Puts it if nothing is there; whether it did. */
  public boolean putIfVacant(CacheKey key, Content content, Quota quota) {
    admit(key, content, quota);
    return cache().putIfVacant(key, content, remaining(content));
  }

  private Optional<Duration> remaining(Content content) {
    return content.expiresMillis() == Lifetime.NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(1, content.expiresMillis() - clock.millis())));
  }

  private void admit(CacheKey key, Content content, Quota quota) {
    TenantId tenant = key.space().tenant();
    long weight = OVERHEAD_BYTES + 2L * key.text().length() + content.bytes().length;
    usage(tenant)
        .admit(key.space().name(), weight, quota, nanos.getAsLong(), () -> count(tenant))
        .ifPresent(
            reason -> {
              throw new ScimException(403, "This tenant may not have more " + reason);
            });
  }

  private Usage usage(TenantId tenant) {
    return usages.get(tenant, each -> new Usage());
  }

  private Usage.Count count(TenantId tenant) {
    SortedSet<String> names = new TreeSet<>();
    long entries = 0;
    long bytes = 0;
    for (CacheSpace space : cache().spaces(tenant)) {
      CacheStats stats = cache().stats(space);
      names.add(space.name());
      entries += stats.entries();
      bytes += Math.max(stats.first().bytes(), stats.second().bytes());
    }
    return new Usage.Count(names, entries, bytes);
  }

  /** Removes what is under a key; whether something was there. */
  public boolean remove(CacheKey key) {
    boolean removed = cache().remove(key);
    if (removed) {
      usage(key.space().tenant()).removed();
    }
    return removed;
  }

  /** Those of a tenant that have entries. */
  public SortedSet<CacheSpace> spaces(TenantId tenant) {
    return cache().spaces(tenant);
  }

  /** Keys of one. */
  public KeyPage keys(KeyQuery query) {
    return cache().keys(query);
  }

  /** Removes all entries of one; how many there were. */
  public long clear(CacheSpace space) {
    long removed = cache().clear(space);
    usage(space.tenant()).cleared();
    return removed;
  }

  /** Lets go of what has expired in one; how many entries. */
  public long cleanUp(CacheSpace space) {
    return cache().cleanUp(space);
  }

  /** What one has done on this node. */
  public CacheStats stats(CacheSpace space) {
    return cache().stats(space);
  }

  /** Which levels they have. */
  public CacheSettings.Levels levels() {
    return cache().settings().levels();
  }

  /**
   * Removes all that a tenant has; how many entries.
   *
   * @throws StorageException.Unavailable if level 2 does not answer
   */
  public long erase(TenantId tenant) {
    return cache.map(each -> erase(each, tenant)).orElse(0L);
  }

  private long erase(TwoLevelCache<Content> from, TenantId tenant) {
    // If level 2 did not answer before, it is asked again by this.
    from.keys(new KeyQuery(new CacheSpace(tenant, "any"), "", "", 1));
    long removed = 0;
    for (CacheSpace space : from.spaces(tenant)) {
      removed += clear(space);
    }
    if (!from.isWhole()) {
      throw new StorageException.Unavailable(
          "Level 2 of the caches does not answer",
          new CacheLevelException("It was asked for keys"));
    }
    return removed;
  }
}
