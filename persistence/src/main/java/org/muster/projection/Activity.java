package org.muster.projection;

import java.time.Instant;
import java.util.Optional;

/**
 * A live document, and when it was last changed.
 *
 * @param active what it says of itself; empty if nothing
 * @param modified in milliseconds
 */
public record Activity(String id, Optional<Boolean> active, Instant modified) {}
