/** A durable log of bytes: appended with fsync, read again after a crash. */
@NullMarked
package org.muster.storage.behind.log;

import org.jspecify.annotations.NullMarked;
