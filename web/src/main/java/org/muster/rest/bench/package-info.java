/** Constants of 1 KB, the limits that benchmarks are held against. */
@NullMarked
package org.muster.rest.bench;

import org.jspecify.annotations.NullMarked;
