/** Says what a SCIM request would do, without doing it. */
@NullMarked
package org.muster.scim.explain;

import org.jspecify.annotations.NullMarked;
