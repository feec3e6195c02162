/** Webhooks as the Standard Webhooks specification has them. */
@NullMarked
package org.muster.delivery.webhook;

import org.jspecify.annotations.NullMarked;
