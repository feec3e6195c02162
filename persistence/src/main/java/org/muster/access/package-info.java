/** Tenants and the access tokens of their callers, as they are kept in the database. */
@NullMarked
package org.muster.access;

import org.jspecify.annotations.NullMarked;
