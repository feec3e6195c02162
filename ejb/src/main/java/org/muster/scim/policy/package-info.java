/** What holds for all requests of a tenant: its profile, its bounds. */
@NullMarked
package org.muster.scim.policy;

import org.jspecify.annotations.NullMarked;
