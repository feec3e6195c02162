/** Makes what delivers events; knows the container and the configuration. */
@NullMarked
package org.muster.delivery.wiring;

import org.jspecify.annotations.NullMarked;
