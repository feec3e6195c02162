package org.muster.directory;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.muster.cache.CacheSpace;
import org.muster.cache.twolevel.TwoLevelCache;
import org.muster.kernel.TenantId;

/**
 * The spaces of the cache {@code directory}. Who writes to the database what lies in one of them
 * forgets it there, after the commit and before anybody is told. Thread-safe.
 */
public final class Directory {
  /** About what an entry needs in the heap for what is made of its text. */
  private static final int READ_BYTES = 500;

  private final Optional<TwoLevelCache<DirectoryText>> cache;

  /** What is looked up. */
  public enum Kind {
    TOKENS,
    TENANTS,
    ISSUERS,
    DEFINITIONS;

    /** The keys are of all tenants. */
    CacheSpace space() {
      return new CacheSpace(TenantId.DEFAULT, name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Makes one.
   *
   * @param cache empty if nothing is to be kept
   */
  public Directory(Optional<TwoLevelCache<DirectoryText>> cache) {
    this.cache = cache;
  }

  /** About how many bytes a text and what is made of it have. */
  public static int weight(DirectoryText value) {
    return 3 * value.text().length() + READ_BYTES;
  }

  /**
   * The space of a kind.
   *
   * @param load what the database says now of a key, as text; absence is not kept. It must not read
   *     in the caller's transaction, which may have written
   * @param read makes something of a key and its text; called seldom, perhaps on several threads
   */
  public <T> DirectorySpace<T> space(
      Kind kind, Function<String, Optional<String>> load, BiFunction<String, String, T> read) {
    return new DirectorySpace<>(cache, kind.space(), load, read);
  }

  /** Forgets all of a kind, on all nodes. */
  public void forgetAll(Kind kind) {
    cache.ifPresent(levels -> levels.clear(kind.space()));
  }
}
