/**
 * The state root: for every collection a Merkle tree over its live documents and their outgoing
 * links, whose root is equal where the content is equal, whatever the back end and the history.
 * {@link org.muster.state.Roots} is the way in; the node stores are in the packages below.
 */
@NullMarked
package org.muster.state;

import org.jspecify.annotations.NullMarked;
