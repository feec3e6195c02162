package org.muster.cache.infinispan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.muster.cache.CacheKey;
import org.muster.cache.KeyPage;
import org.muster.cache.KeyQuery;
import org.muster.cache.coded.CellKeys;
import org.muster.cache.coded.Cells;
import org.muster.cache.coded.SpaceView;
import org.muster.kernel.Folding;

/** Finds a page of keys: the first ones of all that are looked at. */
final class KeyScan {
  private final KeyQuery query;
  private final String space;
  private final TreeSet<String> first = new TreeSet<>(Folding.CODE_POINTS);

  KeyScan(KeyQuery query) {
    this.query = query;
    this.space = CellKeys.name(query.space());
  }

  <V> KeyPage run(Entries entries, Cells<V> cells, SpaceView view, long nowMillis) {
    entries.forEach(
        (bytes, cell) -> {
          if (space.equals(CellKeys.spaceName(bytes)) && cells.isServed(cell, view, nowMillis)) {
            CacheKey key = CellKeys.key(bytes);
            if (key != null) {
              offer(key.text());
            }
          }
        });
    List<String> page = new ArrayList<>(first);
    boolean more = page.size() > query.limit();
    if (more) {
      page.remove(page.size() - 1);
    }
    return new KeyPage(page, more ? Optional.of(page.get(page.size() - 1)) : Optional.empty());
  }

  private void offer(String text) {
    if (text.startsWith(query.prefix())
        && (query.after().isEmpty() || Folding.CODE_POINTS.compare(text, query.after()) > 0)) {
      first.add(text);
      if (first.size() > query.limit() + 1) {
        first.pollLast();
      }
    }
  }
}
