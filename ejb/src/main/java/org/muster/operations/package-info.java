/** Where the application is in its life. */
@NullMarked
package org.muster.operations;

import org.jspecify.annotations.NullMarked;
