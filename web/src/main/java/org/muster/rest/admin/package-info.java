/** Administration over HTTP: tenants, issuers, tokens, deleted resources, schemas and types. */
@NullMarked
package org.muster.rest.admin;

import org.jspecify.annotations.NullMarked;
