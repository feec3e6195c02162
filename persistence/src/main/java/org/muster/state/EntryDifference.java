package org.muster.state;

import java.util.Optional;

/**
 * An entry in which two trees differ.
 *
 * @param left its value in the one tree; empty if it is not there
 * @param right its value in the other
 */
public record EntryDifference(EntryName name, Optional<Digest> left, Optional<Digest> right) {}
