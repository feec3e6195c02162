/** Starts the application and makes its services; knows the container and the configuration. */
@NullMarked
package org.muster.wiring;

import org.jspecify.annotations.NullMarked;
