/** Chooses the back end and builds the chain of decorators; the only place that knows them all. */
@NullMarked
package org.muster.storage.wiring;

import org.jspecify.annotations.NullMarked;
