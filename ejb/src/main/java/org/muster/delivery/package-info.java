/** Events are delivered to receivers outside, in order and at least once. */
@NullMarked
package org.muster.delivery;

import org.jspecify.annotations.NullMarked;
