package org.muster.storage.cached;

/** Stands for a document that shows more others than can be looked after: it is not kept. */
record TooWide() implements CachedEntry {}
