/** The server's HTTP listener: what is refused there, before any filter or servlet of ours. */
@NullMarked
package org.muster.rest.listener;

import org.jspecify.annotations.NullMarked;
