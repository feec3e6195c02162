package org.muster.rest.caching;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.muster.cache.CacheSpace;
import org.muster.cache.KeyPage;
import org.muster.cache.LevelStats;
import org.muster.cache.twolevel.CacheSettings.Levels;
import org.muster.cache.twolevel.CacheStats;
import org.muster.storage.JsonDocument;

/** Caches, keys and statistics as JSON. */
final class CacheJson {
  private CacheJson() {}

  static ObjectNode caches(Collection<CacheSpace> spaces) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    ArrayNode items = json.putArray("items");
    spaces.forEach(space -> items.addObject().put("name", space.name()));
    return json;
  }

  static ObjectNode keys(KeyPage page) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    ArrayNode items = json.putArray("items");
    page.keys().forEach(key -> items.addObject().put("key", key));
    page.next().ifPresent(next -> json.put("nextCursor", next));
    return json;
  }

  static ObjectNode removed(long count) {
    return JsonDocument.MAPPER.createObjectNode().put("removed", count);
  }

  static ObjectNode stats(CacheSpace space, Levels levels, CacheStats stats) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode().put("name", space.name());
    json.put("hits", stats.hits())
        .put("misses", stats.misses())
        .put("hitRatio", stats.hitRatio())
        .put("entries", stats.entries())
        .put("bytes", stats.bytes())
        .put("evictions", stats.evictions())
        .put("expirations", stats.expirations());
    ArrayNode each = json.putArray("levels");
    if (levels.hasFirst()) {
      each.add(level("heap", stats.first()));
    }
    if (levels.hasSecond()) {
      each.add(level("remote", stats.second()));
    }
    return json;
  }

  private static ObjectNode level(String name, LevelStats stats) {
    long reads = stats.hits() + stats.misses();
    return JsonDocument.MAPPER
        .createObjectNode()
        .put("level", name)
        .put("hits", stats.hits())
        .put("misses", stats.misses())
        .put("hitRatio", reads == 0 ? 0 : (double) stats.hits() / reads)
        .put("puts", stats.puts())
        .put("entries", stats.entries())
        .put("bytes", stats.bytes())
        .put("evictions", stats.evictions())
        .put("expirations", stats.expirations())
        .put("corrupt", stats.corrupt())
        .put("failures", stats.failures());
  }
}
