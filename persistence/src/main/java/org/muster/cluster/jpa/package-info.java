/** Nodes as rows of the database that they share. */
@NullMarked
package org.muster.cluster.jpa;

import org.jspecify.annotations.NullMarked;
