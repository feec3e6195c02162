/** The store underneath SCIM: what happened in it, for whoever follows. */
@NullMarked
package org.muster.rest.storage;

import org.jspecify.annotations.NullMarked;
