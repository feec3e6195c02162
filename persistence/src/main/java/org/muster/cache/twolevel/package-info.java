/** A cache of two levels in front of what is slower: level 1 of the node, level 2 of all nodes. */
@NullMarked
package org.muster.cache.twolevel;

import org.jspecify.annotations.NullMarked;
