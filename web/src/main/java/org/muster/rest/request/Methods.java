package org.muster.rest.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;

/**
 * The methods that a servlet has (RFC 9110 section 9).
 *
 * @param allowed as in the header Allow, OPTIONS among them
 */
public record Methods(String allowed) {
  /**
   * Answers what the servlet does not answer itself: OPTIONS.
   *
   * @throws Failure.Refusal 405 for any other method
   */
  public void answer(HttpServletRequest request, HttpServletResponse response) {
    if (!request.getMethod().equals("OPTIONS")) {
      throw new Failure.Refusal(
          new Failure(
              405,
              Optional.empty(),
              Failures.ofStatus(405).detail() + "; what is: " + allowed,
              Map.of("Allow", allowed)));
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader("Allow", allowed);
  }
}
