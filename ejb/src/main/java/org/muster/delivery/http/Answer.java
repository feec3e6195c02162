package org.muster.delivery.http;

import java.time.Duration;
import java.util.Optional;
import org.muster.delivery.Outcome;

/**
 * What a receiver has answered.
 *
 * @param body at most its first 4 KiB, as UTF-8
 * @param retryAfter Retry-After (RFC 9110 section 10.2.3), if it is given and can be read
 */
public record Answer(int status, String body, Optional<Duration> retryAfter) {
  private static final int TIMEOUT = 408;
  private static final int GONE = 410;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;

  /** What the status alone says. */
  public Outcome outcome() {
    String why = "The receiver has answered " + status;
    if (status >= 200 && status < 300) {
      return new Outcome.Delivered();
    }
    if (status == GONE) {
      return new Outcome.Gone(why);
    }
    if (status >= 300 && status < 400) {
      return new Outcome.Rejected(false, why + "; redirections are not followed");
    }
    boolean isLater =
        status >= 500 || status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY;
    return isLater ? new Outcome.Failed(why, retryAfter) : new Outcome.Rejected(false, why);
  }
}
