package org.muster.storage;

import org.muster.storage.LinkSelector.Direction;

/**
 * One end of a link, seen from the other.
 *
 * @param anchor the document that was asked about
 * @param other the document at the other end, always live
 * @param label the label of {@code other}; may be empty
 * @param direct false if reached over further links only
 */
public record Linked(
    StorageKey anchor,
    String relation,
    Direction direction,
    StorageKey other,
    String label,
    boolean direct) {}
