/** Administration over HTTP: access tokens. */
@NullMarked
package org.muster.rest.admin;

import org.jspecify.annotations.NullMarked;
