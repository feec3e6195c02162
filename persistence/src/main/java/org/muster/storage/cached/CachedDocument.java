package org.muster.storage.cached;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.storage.LinkSelector;
import org.muster.storage.Linked;
import org.muster.storage.Stored;

/** A document as it was read, with stamps of what it shows of others. */
final class CachedDocument implements CachedEntry {
  /** Of one that was read while something changed: it is not to be served again. */
  static final List<Shown> UNSETTLED = List.of(new Shown(null, 0));

  private final Stored stored;
  private final List<LinkSelector> selectors;
  private final List<Shown> shown;
  private final int epoch;
  private final boolean complete;
  private volatile @Nullable View lastView;

  /**
   * A stamp as it was when the document was read.
   *
   * @param where null if there was none
   */
  record Shown(@Nullable CacheKey where, long id) {}

  /** What was asked for of the document, and the answer. */
  private record View(List<LinkSelector> selectors, Stored stored) {}

  /**
   * One that was read.
   *
   * @param stored with the links of these selectors, each of another relation or direction
   * @param shown the stamps of all that is at the other ends of its links
   * @param epoch of the store that it is from
   */
  CachedDocument(Stored stored, List<LinkSelector> selectors, List<Shown> shown, int epoch) {
    this(stored, selectors, shown, epoch, false);
  }

  private CachedDocument(
      Stored stored, List<LinkSelector> selectors, List<Shown> shown, int epoch, boolean complete) {
    this.complete = complete;
    this.stored = stored;
    this.selectors = List.copyOf(selectors);
    this.shown = List.copyOf(shown);
    this.epoch = epoch;
  }

  /** One that has no links of any kind. */
  static CachedDocument unlinked(Stored stored, int epoch) {
    return new CachedDocument(stored, List.of(), List.of(), epoch, true);
  }

  /** The same with another document, that shows the same of others. */
  CachedDocument rewritten(Stored other) {
    return new CachedDocument(other, selectors, shown, epoch, complete);
  }

  /** Whether there are no other links than those that it has, of whatever kind. */
  boolean isComplete() {
    return complete;
  }

  Stored stored() {
    return stored;
  }

  List<LinkSelector> selectors() {
    return selectors;
  }

  List<Shown> shown() {
    return shown;
  }

  /** Whether it may be served again. */
  boolean isSettled() {
    return shown != UNSETTLED;
  }

  int epoch() {
    return epoch;
  }

  boolean has(List<LinkSelector> wanted) {
    return complete || selectors.equals(wanted) || selectors.containsAll(wanted);
  }

  /** The document with these links, which it has; the same object as the last time, if it can. */
  Stored view(List<LinkSelector> wanted) {
    if (complete || wanted.equals(selectors)) {
      return stored;
    }
    View last = lastView;
    if (last == null || !last.selectors().equals(wanted)) {
      last = new View(wanted, stored.with(links(wanted)));
      lastView = last;
    }
    return last.stored();
  }

  private List<Linked> links(List<LinkSelector> wanted) {
    List<Linked> links = new ArrayList<>();
    for (LinkSelector selector : wanted) {
      for (Linked link : stored.links()) {
        if (link.relation().equals(selector.relation())
            && link.direction() == selector.direction()) {
          links.add(link);
        }
      }
    }
    return links;
  }

  /** These selectors and those of a document that has been read before; each once. */
  static List<LinkSelector> united(List<LinkSelector> known, List<LinkSelector> wanted) {
    List<LinkSelector> united = new ArrayList<>(known);
    for (LinkSelector selector : wanted) {
      if (!united.contains(selector)) {
        united.add(selector);
      }
    }
    return united;
  }

  /**
   * Whether an answer to these can be kept: each link can be told to be of one of them, and what is
   * behind the other ends of links from the document does not matter.
   */
  static boolean canHave(List<LinkSelector> selectors) {
    for (int i = 0; i < selectors.size(); i++) {
      LinkSelector one = selectors.get(i);
      if (one.transitive() && one.direction() == LinkSelector.Direction.OUT) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (one.relation().equals(selectors.get(j).relation())
            && one.direction() == selectors.get(j).direction()) {
          return false;
        }
      }
    }
    return true;
  }
}
