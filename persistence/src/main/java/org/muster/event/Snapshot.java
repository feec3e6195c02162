package org.muster.event;

import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * What a stream had come to with one of its events.
 *
 * @param number that of the event
 */
public record Snapshot(StorageKey stream, long number, JsonDocument state) {}
