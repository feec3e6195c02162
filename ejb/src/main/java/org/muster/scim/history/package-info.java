/** What resources were, and what became of them. */
@NullMarked
package org.muster.scim.history;

import org.jspecify.annotations.NullMarked;
