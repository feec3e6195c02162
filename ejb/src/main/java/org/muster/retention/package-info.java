/** How long deleted documents are kept, and their removal when that time is over. */
@NullMarked
package org.muster.retention;

import org.jspecify.annotations.NullMarked;
