/** What a request is for, who makes it, and how it is named in the log. */
@NullMarked
package org.muster.rest.exchange;

import org.jspecify.annotations.NullMarked;
