/** Start-up, configuration and readiness of the application. */
@NullMarked
package org.muster.operations;

import org.jspecify.annotations.NullMarked;
