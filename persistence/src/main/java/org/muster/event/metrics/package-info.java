/** Has the calls of an event store watched. */
@NullMarked
package org.muster.event.metrics;

import org.jspecify.annotations.NullMarked;
