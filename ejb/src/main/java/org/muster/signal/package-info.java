/** What happened to resources as SCIM events (RFC 9967). */
@NullMarked
package org.muster.signal;

import org.jspecify.annotations.NullMarked;
