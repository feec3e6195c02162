/** Counts and times the calls of a document store. */
@NullMarked
package org.muster.storage.metrics;

import org.jspecify.annotations.NullMarked;
