/** What a run of requests cost: time, CPU, heap. */
@NullMarked
package org.muster.bench.measure;

import org.jspecify.annotations.NullMarked;
