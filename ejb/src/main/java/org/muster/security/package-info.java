/** Who calls, and what they may do. */
@NullMarked
package org.muster.security;

import org.jspecify.annotations.NullMarked;
