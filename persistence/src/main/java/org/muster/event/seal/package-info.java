/** Content that can be read as long as the key of its subject is kept; the keys themselves. */
@NullMarked
package org.muster.event.seal;

import org.jspecify.annotations.NullMarked;
