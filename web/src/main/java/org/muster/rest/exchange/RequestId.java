package org.muster.rest.exchange;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names a request: as the client does, if it does so in a harmless way, or at random. */
public final class RequestId {
  /** The header that carries it. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The name of a request whose header says {@code given}. */
  public static String of(@Nullable String given) {
    return given != null && HARMLESS.matcher(given).matches()
        ? given
        : Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
  }
}
