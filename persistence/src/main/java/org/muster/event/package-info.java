/** Events: streams of what happened to each document, and all of them in one order. */
@NullMarked
package org.muster.event;

import org.jspecify.annotations.NullMarked;
