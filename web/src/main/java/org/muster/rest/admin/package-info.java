/** Administration over HTTP: access tokens, deleted resources, schemas and resource types. */
@NullMarked
package org.muster.rest.admin;

import org.jspecify.annotations.NullMarked;
