package org.muster.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * A deleted document as it was when it was deleted.
 *
 * @param created when the document was created, in milliseconds
 * @param document empty where the document was deleted before bodies were kept
 */
public record Buried(Tombstone tombstone, Instant created, Optional<JsonDocument> document) {}
