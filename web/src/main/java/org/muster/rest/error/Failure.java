package org.muster.rest.error;

import java.util.Map;
import java.util.Optional;

/**
 * A failure as the client is told of it.
 *
 * @param status 400 to 599
 * @param scimType the detail error keyword of RFC 7644 table 9, if there is one
 * @param detail what to change, without internals
 * @param headers more headers of the answer
 */
public record Failure(
    int status, Optional<String> scimType, String detail, Map<String, String> headers) {
  public Failure {
    headers = Map.copyOf(headers);
  }

  /** A failure without a scimType or headers. */
  public Failure(int status, String detail) {
    this(status, Optional.empty(), detail, Map.of());
  }

  /** Carries a failure to where it is answered. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    public Refusal(Failure failure) {
      // An answer, not an accident: nobody reads its stack, and attackers can ask for many.
      super(failure.detail(), null, false, false);
      this.failure = failure;
    }

    /** What it carries. */
    public Failure failure() {
      return failure;
    }
  }
}
