/** The operations on resources (RFC 7644 section 3): the services that the outside calls. */
@NullMarked
package org.muster.scim.resource;

import org.jspecify.annotations.NullMarked;
