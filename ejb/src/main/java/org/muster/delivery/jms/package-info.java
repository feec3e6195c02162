/** Events as messages of Jakarta Messaging. */
@NullMarked
package org.muster.delivery.jms;

import org.jspecify.annotations.NullMarked;
