/** Whether the server is alive, started and ready (MicroProfile Health). */
@NullMarked
package org.muster.rest.health;

import org.jspecify.annotations.NullMarked;
