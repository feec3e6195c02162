/** Tenants: what holds for each, whether it is served, and how it comes and goes. */
@NullMarked
package org.muster.tenant;

import org.jspecify.annotations.NullMarked;
