/** What ./muster promises to an operator, and what a server keeps that is killed. */
@NullMarked
package org.muster.it.launcher;

import org.jspecify.annotations.NullMarked;
