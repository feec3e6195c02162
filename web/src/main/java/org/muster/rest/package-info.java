/** The HTTP side of Muster: a servlet for SCIM, and a JAX-RS application for administration. */
@NullMarked
package org.muster.rest;

import org.jspecify.annotations.NullMarked;
