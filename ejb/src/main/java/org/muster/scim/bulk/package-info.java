/** Many operations in one request (RFC 7644 section 3.7), at once or asynchronously. */
@NullMarked
package org.muster.scim.bulk;

import org.jspecify.annotations.NullMarked;
