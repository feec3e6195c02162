/** What happened, as a file that shows whether something was changed in it. */
@NullMarked
package org.muster.audit;

import org.jspecify.annotations.NullMarked;
