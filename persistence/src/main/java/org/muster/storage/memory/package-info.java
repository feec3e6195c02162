/** The document store in the heap: the reference for what the others must answer. */
@NullMarked
package org.muster.storage.memory;

import org.jspecify.annotations.NullMarked;
