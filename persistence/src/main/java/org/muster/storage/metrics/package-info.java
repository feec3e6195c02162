/** Has the calls of a document store watched. */
@NullMarked
package org.muster.storage.metrics;

import org.jspecify.annotations.NullMarked;
