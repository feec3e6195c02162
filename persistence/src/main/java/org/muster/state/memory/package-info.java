/** State trees in the heap. */
@NullMarked
package org.muster.state.memory;

import org.jspecify.annotations.NullMarked;
