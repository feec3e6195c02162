package org.muster.storage.behind.log;

/**
 * What a log has and has done since it was opened.
 *
 * @param bytes of its files
 * @param corrupt pieces that were not as they had been written
 * @param syncs how often it was forced to disk
 * @param syncNanos how long that took in all
 */
public record LogFigures(long bytes, long corrupt, long syncs, long syncNanos) {}
