/** Failures as SCIM errors or as problem details (RFC 9457), made in one place. */
@NullMarked
package org.muster.rest.error;

import org.jspecify.annotations.NullMarked;
