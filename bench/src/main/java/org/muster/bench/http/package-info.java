/** A small HTTP/1.1 load client: one thread, many connections, little CPU of its own. */
@NullMarked
package org.muster.bench.http;

import org.jspecify.annotations.NullMarked;
