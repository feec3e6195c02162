package org.muster.delivery.http;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends POST requests to URLs that administrators of tenants have chosen. Thread-safe. */
public interface Poster {
  /**
   * Refuses a URL that nothing may be sent to, as far as that is seen without looking it up.
   *
   * @throws org.muster.scim.ScimException 400 that says what to change
   */
  void check(URI url);

  /**
   * Sends; ends within a bounded time.
   *
   * @return completes with an {@link IOException}, directly, if there was no answer; its message is
   *     for people, and says nothing that was sent
   */
  CompletionStage<Answer> post(URI url, Map<String, String> headers, byte[] body);
}
