/** Who is told of events outside, and how far that is. */
@NullMarked
package org.muster.receiver;

import org.jspecify.annotations.NullMarked;
