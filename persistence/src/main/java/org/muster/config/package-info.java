/** Reading of the configuration, with clear messages for bad values. */
@NullMarked
package org.muster.config;

import org.jspecify.annotations.NullMarked;
