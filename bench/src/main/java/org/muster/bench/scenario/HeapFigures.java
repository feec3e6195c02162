package org.muster.bench.scenario;

import org.muster.bench.measure.Figures;

/**
 * What the server's live objects held at rest and, at most, under load.
 *
 * @param samples how often the heap was collected and counted under load
 */
public record HeapFigures(Figures figures, long restBytes, long mostBytes, int samples) {}
