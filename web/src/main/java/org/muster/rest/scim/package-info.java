/** SCIM 2.0 over HTTP (RFC 7644): one endpoint class for all resource types, and discovery. */
@NullMarked
package org.muster.rest.scim;

import org.jspecify.annotations.NullMarked;
