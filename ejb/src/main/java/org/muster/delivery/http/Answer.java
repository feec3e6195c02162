package org.muster.delivery.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.muster.delivery.Outcome;

/**
 * What a receiver has answered.
 *
 * @param body at most its first 4 KiB, as UTF-8
 * @param retryAfter Retry-After (RFC 9110 section 10.2.3), if it is given and can be read
 */
public record Answer(int status, String body, Optional<Duration> retryAfter) {
  private static final int GONE = 410;

  /** Those that speak of what was sent: bad, conflicting, too large, of no known type. */
  private static final Set<Integer> OF_THE_EVENT = Set.of(400, 409, 413, 415, 422);

  /** What the status alone says. */
  public Outcome outcome() {
    String why = "The receiver has answered " + status;
    if (status >= 200 && status < 300) {
      return new Outcome.Delivered();
    }
    if (status == GONE) {
      return new Outcome.Gone(why);
    }
    if (OF_THE_EVENT.contains(status)) {
      return new Outcome.Rejected(false, why);
    }
    return new Outcome.Failed(
        status >= 300 && status < 400 ? why + "; redirections are not followed" : why, retryAfter);
  }
}
