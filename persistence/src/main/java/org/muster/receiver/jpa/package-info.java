/** Receivers and what is noted for them, kept in PostgreSQL or H2. */
@NullMarked
package org.muster.receiver.jpa;

import org.jspecify.annotations.NullMarked;
