/**
 * JWTs as bearer tokens (RFC 7519, RFC 8725): who issues them for which tenant, and their proof.
 */
@NullMarked
package org.muster.security.jwt;

import org.jspecify.annotations.NullMarked;
