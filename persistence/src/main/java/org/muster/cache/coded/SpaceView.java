package org.muster.cache.coded;

/**
 * A space as this node sees it.
 *
 * @param generation with which the entries that are served were written; clearing changes it
 * @param vacancy the mark of a slot where nothing is: 0, or another negative one since each clear
 *     that this node has heard of, so that what was loaded before a clear is not put after it
 */
public record SpaceView(long generation, long vacancy) {}
