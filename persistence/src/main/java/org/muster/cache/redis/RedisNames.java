package org.muster.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.coded.CellKeys;

/**
 * Names of keys in Redis. Each begins with the run of the server: what one has kept from an earlier
 * run may be older than what was voided, and nobody finds it.
 */
final class RedisNames {
  private static final int MOST_KEPT = 10_000;

  private final String base;
  private final byte[] cells;
  private final byte[] all;
  private final Cache<CacheSpace, byte[]> generations =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();

  RedisNames(String level, String run) {
    this.base = level + ":" + run + ":";
    this.cells = cellPrefix().getBytes(UTF_8);
    this.all = bytes(allName());
  }

  String cellPrefix() {
    return base + "c:";
  }

  String generationPrefix() {
    return base + "g:";
  }

  /** Where an entry is. */
  byte[] cell(CacheKey key) {
    byte[] name = CellKeys.bytes(key);
    byte[] cell = new byte[cells.length + name.length];
    System.arraycopy(cells, 0, cell, 0, cells.length);
    System.arraycopy(name, 0, cell, cells.length, name.length);
    return cell;
  }

  /** What all cells of a space begin with; the key's text follows. */
  byte[] cells(CacheSpace space) {
    return bytes(cellPrefix() + CellKeys.name(space) + "/");
  }

  /** Where the generation of a space is. */
  byte[] generation(CacheSpace space) {
    return generations.get(space, each -> bytes(generationPrefix() + CellKeys.name(each)));
  }

  /** What changes when all spaces are cleared. */
  byte[] all() {
    return all;
  }

  String allName() {
    return base + "a";
  }

  /** The sorted keys of a space in one generation. */
  byte[] index(CacheSpace space, long generation) {
    return bytes(base + "i:" + Long.toHexString(generation) + ":" + CellKeys.name(space));
  }

  /** The generations of a space whose entries are not all removed yet. */
  byte[] outdated(CacheSpace space) {
    return bytes(base + "o:" + CellKeys.name(space));
  }

  /** The names of all spaces. */
  byte[] spaces() {
    return bytes(base + "s");
  }

  /** The key of a cell's name; null if it is none. */
  @Nullable CacheKey key(String name) {
    return name.startsWith(cellPrefix())
        ? CellKeys.key(bytes(name.substring(cellPrefix().length())))
        : null;
  }

  /** The space of the name of a generation; null if it is none. */
  @Nullable CacheSpace space(String name) {
    return name.startsWith(generationPrefix())
        ? CellKeys.space(name.substring(generationPrefix().length()))
        : null;
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
