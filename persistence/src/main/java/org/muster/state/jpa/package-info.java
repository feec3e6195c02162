/** State trees in the database, PostgreSQL or H2. */
@NullMarked
package org.muster.state.jpa;

import org.jspecify.annotations.NullMarked;
