package org.muster.event;

import java.time.Instant;
import org.muster.kernel.Version;

/**
 * How far a consumer is.
 *
 * @param position it has done all up to here
 * @param version another one with each change, never used again
 * @param time of the last change, in milliseconds
 */
public record Checkpoint(ConsumerId consumer, Position position, Version version, Instant time) {}
