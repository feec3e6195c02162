/** The schemas and resource types of each tenant's own: kept, changed while in use, checked. */
@NullMarked
package org.muster.scim.definition;

import org.jspecify.annotations.NullMarked;
