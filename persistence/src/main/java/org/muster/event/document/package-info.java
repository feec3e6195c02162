/** What events say of documents: how changes become events, and events the document again. */
@NullMarked
package org.muster.event.document;

import org.jspecify.annotations.NullMarked;
