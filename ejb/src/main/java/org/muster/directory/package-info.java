/** What every request looks up by a key: tokens, tenants, issuers, definitions; in a cache. */
@NullMarked
package org.muster.directory;

import org.jspecify.annotations.NullMarked;
