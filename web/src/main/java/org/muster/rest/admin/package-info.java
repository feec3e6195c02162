/** Administration over HTTP: tenants, issuers of JWTs, access tokens, deleted resources. */
@NullMarked
package org.muster.rest.admin;

import org.jspecify.annotations.NullMarked;
