/** What is made of the events and kept up to date with them: how it is run, and how far it is. */
@NullMarked
package org.muster.event.projection;

import org.jspecify.annotations.NullMarked;
