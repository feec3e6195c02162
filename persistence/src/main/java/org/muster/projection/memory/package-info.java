/** Read models in the heap. */
@NullMarked
package org.muster.projection.memory;

import org.jspecify.annotations.NullMarked;
