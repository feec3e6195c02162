/** The HTTP side of Muster: one JAX-RS application. */
@NullMarked
package org.muster.rest;

import org.jspecify.annotations.NullMarked;
