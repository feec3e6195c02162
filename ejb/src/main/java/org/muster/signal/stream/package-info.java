/** Streams of security event tokens: pushed (RFC 8935) and polled (RFC 8936). */
@NullMarked
package org.muster.signal.stream;

import org.jspecify.annotations.NullMarked;
