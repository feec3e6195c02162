/**
 * What every request meets first: authentication, its target, and strict readers of what it brings.
 */
@NullMarked
package org.muster.rest.request;

import org.jspecify.annotations.NullMarked;
