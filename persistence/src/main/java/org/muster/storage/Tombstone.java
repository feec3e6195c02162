package org.muster.storage;

import java.time.Instant;
import org.muster.kernel.Version;

/** What is left of a deleted document. */
public record Tombstone(StorageKey key, Version version, Instant deleted, String actor) {}
