/** The change feed: what happened in a tenant, for whoever follows it, and how far each is. */
@NullMarked
package org.muster.feed;

import org.jspecify.annotations.NullMarked;
