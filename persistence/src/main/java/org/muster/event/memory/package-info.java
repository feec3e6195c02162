/** Events in the heap. */
@NullMarked
package org.muster.event.memory;

import org.jspecify.annotations.NullMarked;
