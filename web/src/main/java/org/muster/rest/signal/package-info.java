/** Security event tokens over HTTP: polled, and the keys to verify them with. */
@NullMarked
package org.muster.rest.signal;

import org.jspecify.annotations.NullMarked;
