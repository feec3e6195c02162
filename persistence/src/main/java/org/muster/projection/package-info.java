/** Read models: what is made of the events, and can be made anew of them. */
@NullMarked
package org.muster.projection;

import org.jspecify.annotations.NullMarked;
