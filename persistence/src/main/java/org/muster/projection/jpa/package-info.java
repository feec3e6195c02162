/** Read models in PostgreSQL and H2. */
@NullMarked
package org.muster.projection.jpa;

import org.jspecify.annotations.NullMarked;
