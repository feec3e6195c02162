/** Benchmarks of single classes, by JMH. */
@NullMarked
package org.muster.bench.micro;

import org.jspecify.annotations.NullMarked;
