/** What a write makes of a resource: checked bodies and PATCH, as pure functions of JSON. */
@NullMarked
package org.muster.scim.edit;

import org.jspecify.annotations.NullMarked;
