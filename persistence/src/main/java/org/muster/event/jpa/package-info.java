/** Events in the database, in the transaction of what they tell of. */
@NullMarked
package org.muster.event.jpa;

import org.jspecify.annotations.NullMarked;
