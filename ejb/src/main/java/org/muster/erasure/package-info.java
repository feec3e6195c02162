/** What is told of a subject becomes unreadable for good. */
@NullMarked
package org.muster.erasure;

import org.jspecify.annotations.NullMarked;
