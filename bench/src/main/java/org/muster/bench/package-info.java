/** Benchmarks: makes people, loads them over SCIM, and measures what the server does with them. */
@NullMarked
package org.muster.bench;

import org.jspecify.annotations.NullMarked;
