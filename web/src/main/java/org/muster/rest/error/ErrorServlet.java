package org.muster.rest.error;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.muster.rest.exchange.Exchange;
import org.muster.rest.exchange.RequestId;
import org.muster.rest.exchange.Target;

/** Answers what fails outside of JAX-RS; the container forwards to it (web.xml). */
@WebServlet(name = "error", urlPatterns = "/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = Exchange.find(request);
    String id = exchange == null ? RequestId.of(null) : exchange.id();
    ErrorBody.send(response, failure(request, id), target(request).area(), id);
  }

  private static Failure failure(HttpServletRequest request, String id) {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      return Failures.ofStatus(404);
    }
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
      return Failures.of(thrown, id);
    }
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? Failures.ofStatus(status)
        : Failures.ofStatus(500);
  }

  private static Target target(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return Target.of(failed instanceof String path ? path : request.getRequestURI());
  }
}
