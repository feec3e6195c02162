package org.muster.rest.request;

import java.util.Locale;
import java.util.Set;
import org.muster.rest.exchange.Target;
import org.muster.rest.exchange.Target.Area;

/** What a request does, in few enough words to be a metric's label. */
enum Operation {
  LIST,
  SEARCH,
  CREATE,
  GET,
  MEMBERS,
  REPLACE,
  PATCH,
  DELETE,
  BULK,
  BULK_STATUS,
  RESTORE,
  PURGE,
  DISCOVERY,
  PROTECTED,
  OPEN,
  OTHER;

  private static final Set<String> DISCOVERED =
      Set.of("ServiceProviderConfig", "Schemas", "ResourceTypes");

  /** The label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Operation of(Target target, String method) {
    if (target.area() != Area.SCIM) {
      return target.area() == Area.OPEN ? OPEN : PROTECTED;
    }
    String rest = target.rest();
    int second = rest.indexOf('/', 1);
    String type = rest.isEmpty() ? "" : rest.substring(1, second < 0 ? rest.length() : second);
    if (DISCOVERED.contains(type)) {
      return DISCOVERY;
    }
    boolean read = method.equals("GET") || method.equals("HEAD");
    switch (type) {
      case "Bulk" -> {
        return BULK;
      }
      case ".async" -> {
        return BULK_STATUS;
      }
      case ".search" -> {
        return SEARCH;
      }
      case "Me" -> {
        return second < 0 ? ofMe(method) : read ? MEMBERS : OTHER;
      }
      default -> {}
    }
    if (second < 0) {
      return read ? LIST : method.equals("POST") ? CREATE : OTHER;
    }
    if (rest.indexOf('/', second + 1) >= 0) {
      return read ? MEMBERS : method.equals("POST") ? belowResource(rest) : OTHER;
    }
    return ofResource(rest, method);
  }

  private static Operation ofMe(String method) {
    return method.equals("POST") ? CREATE : ofResource("", method);
  }

  private static Operation belowResource(String rest) {
    return rest.endsWith("/.restore") ? RESTORE : rest.endsWith("/.purge") ? PURGE : OTHER;
  }

  private static Operation ofResource(String rest, String method) {
    return switch (method) {
      case "GET", "HEAD" -> GET;
      case "PUT" -> REPLACE;
      case "PATCH" -> PATCH;
      case "DELETE" -> DELETE;
      case "POST" -> rest.endsWith("/.search") ? SEARCH : OTHER;
      default -> OTHER;
    };
  }
}
