package org.muster.rest.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a path stands for, by method; HEAD is GET without its body. Built anew for each request. */
final class Route {
  /** Answers one method. */
  @FunctionalInterface
  interface Handler {
    Answer answer(HttpServletRequest request) throws IOException;
  }

  private final Map<Method, Handler> handlers = new EnumMap<>(Method.class);

  /** Adds a method. */
  Route on(Method method, Handler handler) {
    handlers.put(method, handler);
    return this;
  }

  boolean allows(Method method) {
    return handlers.containsKey(method == Method.HEAD ? Method.GET : method);
  }

  /** What the Allow header says. */
  String allowed() {
    Map<Method, Handler> all = new EnumMap<>(handlers);
    Handler get = handlers.get(Method.GET);
    if (get != null) {
      all.put(Method.HEAD, get);
    }
    return all.keySet().stream()
        .map(Method::name)
        .collect(Collectors.joining(", ", "", ", OPTIONS"));
  }

  /** Needs a method that is allowed. */
  Answer answer(Method method, HttpServletRequest request) throws IOException {
    Handler handler = handlers.get(method == Method.HEAD ? Method.GET : method);
    if (handler == null) {
      throw new IllegalArgumentException(method + " is not allowed");
    }
    return handler.answer(request);
  }
}
