package org.muster.directory;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.twolevel.Loader;
import org.muster.cache.twolevel.TwoLevelCache;

/** What is looked up of one kind. Thread-safe. */
public final class DirectorySpace<T> {
  private final @Nullable TwoLevelCache<DirectoryText> cache;
  private final CacheSpace space;
  private final Loader<DirectoryText> loader;
  private final BiFunction<String, String, T> read;

  DirectorySpace(
      Optional<TwoLevelCache<DirectoryText>> cache,
      CacheSpace space,
      Function<String, Optional<String>> load,
      BiFunction<String, String, T> read) {
    this.cache = cache.orElse(null);
    this.space = space;
    this.loader = key -> load.apply(key.text()).map(DirectoryText::new);
    this.read = read;
  }

  /** What there is under a key; empty if there is nothing. */
  public Optional<T> get(String key) {
    CacheKey full = new CacheKey(space, key);
    Optional<DirectoryText> found = cache == null ? loader.load(full) : cache.get(full, loader);
    return found.isPresent() ? Optional.of(found.get().read(key, read)) : Optional.empty();
  }

  /** Forgets what is under a key, on all nodes; a look that is under way is forgotten too. */
  public void forget(String key) {
    if (cache != null) {
      cache.voidKey(new CacheKey(space, key));
    }
  }

  /** Forgets everything, on all nodes. */
  public void forgetAll() {
    if (cache != null) {
      cache.clear(space);
    }
  }
}
