/** The performance monitor: how often what was called, how long it took, and how it ended. */
@NullMarked
package org.muster.monitor;

import org.jspecify.annotations.NullMarked;
