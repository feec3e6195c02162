/** People and groups, the same for the same seed. */
@NullMarked
package org.muster.bench.data;

import org.jspecify.annotations.NullMarked;
