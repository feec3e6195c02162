/** The page that says what runs here. */
@NullMarked
package org.muster.rest.welcome;

import org.jspecify.annotations.NullMarked;
