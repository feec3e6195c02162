package org.muster.security.jwt;

import java.io.IOException;
import java.net.URI;

/** Gets the text of a key set from where it is published. */
@FunctionalInterface
interface JwksFetcher {
  /** The text of the set. */
  String fetch(URI uri) throws IOException;
}
