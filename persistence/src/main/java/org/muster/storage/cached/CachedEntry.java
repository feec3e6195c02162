package org.muster.storage.cached;

/** What a cache of documents holds under its keys. Immutable, but for what is made of it. */
public sealed interface CachedEntry permits CachedDocument, Stamp, TooWide {}
