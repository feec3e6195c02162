package org.muster.operations;

/**
 * The CDI event that is fired once at start-up, synchronously and without a transaction, when the
 * storage can be used and before requests are served. An observer that throws stops the start.
 */
public record Started() {}
