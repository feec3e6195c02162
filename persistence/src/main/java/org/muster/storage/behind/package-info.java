/** Decorator that acknowledges writes when a log has them, and has the store follow. */
@NullMarked
package org.muster.storage.behind;

import org.jspecify.annotations.NullMarked;
