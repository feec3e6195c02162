/** Receivers and what is noted for them, kept in the heap. */
@NullMarked
package org.muster.receiver.memory;

import org.jspecify.annotations.NullMarked;
