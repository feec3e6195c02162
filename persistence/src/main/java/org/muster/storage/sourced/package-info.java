/**
 * The document store whose truth is its events: what is read and decided on is made of them, and
 * can be made anew while it serves.
 */
@NullMarked
package org.muster.storage.sourced;

import org.jspecify.annotations.NullMarked;
