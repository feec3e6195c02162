/**
 * Documents, claims and links in a relational database, H2 or PostgreSQL, over Jakarta Persistence.
 */
@NullMarked
package org.muster.storage.jpa;

import org.jspecify.annotations.NullMarked;
