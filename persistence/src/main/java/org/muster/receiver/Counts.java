package org.muster.receiver;

import java.time.Instant;
import java.util.Optional;

/**
 * How much is noted.
 *
 * @param held events that are tried again, or wait for such
 * @param dead letters
 * @param next when the next of them is to be tried, if there is one
 */
public record Counts(long held, long dead, Optional<Instant> next) {}
