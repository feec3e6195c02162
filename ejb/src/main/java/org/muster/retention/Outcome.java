package org.muster.retention;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param purged how many tombstones were removed
 * @param complete whether none was left whose time had come
 * @param oldest the age of the oldest tombstone that was seen and left; empty if there was none
 */
public record Outcome(long purged, boolean complete, Optional<Duration> oldest) {}
