package org.muster.rest.scim;

import org.muster.rest.error.Failure;
import org.muster.rest.error.Failures;

/** The methods of HTTP that SCIM knows. */
enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS,
  /** Known, and allowed nowhere. */
  TRACE;

  /** The method of that name; 501 if there is none (RFC 9110 section 9.1). */
  static Method of(String name) {
    for (Method method : values()) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    throw new Failure.Refusal(Failures.ofStatus(501));
  }
}
