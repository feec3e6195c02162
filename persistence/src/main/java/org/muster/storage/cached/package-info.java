/** Keeps documents that were read, and forgets them when they are written. */
@NullMarked
package org.muster.storage.cached;

import org.jspecify.annotations.NullMarked;
