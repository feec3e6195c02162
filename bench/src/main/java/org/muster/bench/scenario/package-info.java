/** The kinds of load, and the limits that they are held against. */
@NullMarked
package org.muster.bench.scenario;

import org.jspecify.annotations.NullMarked;
