package org.muster.cache.twolevel;

import org.jspecify.annotations.Nullable;
import org.muster.cache.Slot;

/**
 * What was seen in the slots of a key before its value was loaded.
 *
 * @param second null if level 2 is not there or does not answer
 */
record Ticket<V>(long startNanos, Slot<V> first, @Nullable Slot<V> second, Slot<V> spare) {}
