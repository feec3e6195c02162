package org.muster.rest.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which log records are the clients' doing. */
class ClientFaultsTest {
  private final Logger logger =
      Logger.getLogger("org.glassfish.grizzly.filterchain.DefaultFilterChain");

  @AfterEach
  void show() {
    ClientFaults.show();
  }

  @Test
  void brokenBodiesAndConnectionsAreNotLogged() {
    assertThat(isLogged(new HttpBrokenContentException("chunk"))).isFalse();
    assertThat(isLogged(new UncheckedIOException(new IOException("Broken pipe")))).isFalse();
  }

  @Test
  void everythingElseIsLogged() {
    assertThat(isLogged(new IllegalStateException(new NullPointerException()))).isTrue();
    assertThat(isLogged(new IOException("No space left on device"))).isTrue();
    assertThat(isLogged(null)).isTrue();
  }

  @Test
  void hidingEnds() {
    ClientFaults.hide();
    assertThat(logger.getFilter()).isInstanceOf(ClientFaults.class);
    ClientFaults.show();
    assertThat(logger.getFilter()).isNull();
  }

  private static boolean isLogged(@Nullable Throwable thrown) {
    LogRecord record = new LogRecord(Level.SEVERE, "");
    record.setThrown(thrown);
    return new ClientFaults().isLoggable(record);
  }
}
