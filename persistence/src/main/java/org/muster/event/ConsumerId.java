package org.muster.event;

import java.util.regex.Pattern;
import org.muster.kernel.TenantId;

/**
 * Who reads the events of a tenant and has to know how far it is.
 *
 * @param name 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', beginning with a letter or digit; with a
 *     dot in front it is a part of the server
 */
public record ConsumerId(TenantId tenant, String name) {
  private static final Pattern NAME = Pattern.compile("\\.?[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Orders behind all names of parts of the server, and before all others. */
  public static final String BEFORE_CLIENTS = "/";

  public ConsumerId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not the name of a consumer");
    }
  }

  /** Whether a client may give that name to its consumer. */
  public static boolean isClientName(String name) {
    return NAME.matcher(name).matches() && !name.startsWith(".");
  }

  /** Whether it is a part of the server, such as a projection. */
  public boolean isInternal() {
    return name.startsWith(".");
  }
}
