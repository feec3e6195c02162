package org.muster.rest.listener;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.HttpBrokenContentException;

/**
 * Keeps stack traces out of the log that clients could write there at will: by a body that is
 * framed wrong, or by going away before the answer.
 */
final class ClientFaults implements Filter {
  // Held, so that they are not collected and made anew without the filter.
  private static final List<Logger> LOGGERS =
      Stream.of(
              "org.glassfish.grizzly.filterchain.DefaultFilterChain",
              "org.glassfish.jersey.server.ServerRuntime$Responder",
              "jakarta.enterprise.web.core")
          .map(Logger::getLogger)
          .toList();

  /** What listener and system say of a connection that is no more. */
  private static final Set<String> GONE =
      Set.of(
          "Connection is closed",
          "Locally closed",
          "Connection reset",
          "Connection reset by peer",
          "Broken pipe");

  /** Begins to keep them out. */
  static void hide() {
    ClientFaults filter = new ClientFaults();
    LOGGERS.forEach(logger -> logger.setFilter(filter));
  }

  /** Lets them in again. */
  static void show() {
    LOGGERS.forEach(logger -> logger.setFilter(null));
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    for (Throwable thrown = record.getThrown(); thrown != null; thrown = thrown.getCause()) {
      if (isOfTheClient(thrown)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfTheClient(Throwable thrown) {
    return thrown instanceof HttpBrokenContentException
        || (thrown instanceof IOException && GONE.contains(String.valueOf(thrown.getMessage())));
  }
}
