package org.muster.monitor;

import java.util.Locale;

/**
 * What is called: the chain of the document store as a whole, a back end, an event store, or a
 * cache at one of its levels. There are few of them, so that they can be labels of metrics; none is
 * made of a tenant or a key.
 *
 * @param name for instance "chain" or "jpa"; of a cache, the name of the cache
 * @param level of a cache, which level, for instance "heap", or {@link #WHOLE}; else empty
 */
public record Provider(Kind kind, String name, String level) {
  /** The name of the document store as the services see it, with whatever decorates it. */
  public static final String CHAIN = "chain";

  /** The name of the log that writes are in which the document store does not have yet. */
  public static final String BEHIND = "behind";

  /** The level of a cache that stands for all of them together. */
  public static final String WHOLE = "whole";

  /** What kind of thing is called. */
  public enum Kind {
    /** A document store. */
    STORAGE,
    /** An event store. */
    EVENTS,
    /** A cache. */
    CACHE;

    /** The name in metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A document store. */
  public static Provider storage(String name) {
    return new Provider(Kind.STORAGE, name, "");
  }

  /** An event store. */
  public static Provider events(String name) {
    return new Provider(Kind.EVENTS, name, "");
  }

  /** A level of a cache. */
  public static Provider cache(String name, String level) {
    return new Provider(Kind.CACHE, name, level);
  }

  /** The name in the log. */
  String label() {
    return kind.word() + " " + name + (level.isEmpty() ? "" : " " + level);
  }
}
