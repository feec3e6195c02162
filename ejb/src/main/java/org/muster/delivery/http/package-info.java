/** Requests to addresses that others have chosen. */
@NullMarked
package org.muster.delivery.http;

import org.jspecify.annotations.NullMarked;
