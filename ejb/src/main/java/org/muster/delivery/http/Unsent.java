package org.muster.delivery.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request that was not answered; the message is for people. */
final class Unsent extends IOException {
  private static final long serialVersionUID = 1L;

  Unsent(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
