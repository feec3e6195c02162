/** Opens caches as they are configured; see docs/configuration.md. */
@NullMarked
package org.muster.cache.config;

import org.jspecify.annotations.NullMarked;
