/** Statements: how they are built, sent together, and run in the caller's transaction. */
@NullMarked
package org.muster.sql;

import org.jspecify.annotations.NullMarked;
