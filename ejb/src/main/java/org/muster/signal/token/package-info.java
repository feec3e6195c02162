/** Security event tokens (RFC 8417): how they are made, and the keys that sign them. */
@NullMarked
package org.muster.signal.token;

import org.jspecify.annotations.NullMarked;
