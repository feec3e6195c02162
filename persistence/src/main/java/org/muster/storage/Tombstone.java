package org.muster.storage;

import java.time.Instant;
import org.muster.kernel.Version;

/**
 * What is seen of a deleted document. Its body is kept and read by {@link StorageProvider#buried}.
 *
 * @param version the version of the deletion; {@link Change.Restore} and {@link Change.Purge} name
 *     it
 * @param label what links to the document showed for it; may be empty
 */
public record Tombstone(
    StorageKey key, Version version, Instant deleted, String actor, String label) {}
