/** Decorators that tell of every change. */
@NullMarked
package org.muster.storage.journal;

import org.jspecify.annotations.NullMarked;
