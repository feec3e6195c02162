/** The nodes that use the same database, and whether each of them hears what the others write. */
@NullMarked
package org.muster.cluster;

import org.jspecify.annotations.NullMarked;
