/** Receivers as administrators see and change them. */
@NullMarked
package org.muster.delivery.admin;

import org.jspecify.annotations.NullMarked;
