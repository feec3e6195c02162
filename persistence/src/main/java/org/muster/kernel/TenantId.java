package org.muster.kernel;

import java.util.regex.Pattern;

/** One tenant: a DNS label, 1 to 63 of a-z, 0-9 and '-' (RFC 1123 section 2.1). */
public record TenantId(String value) implements Comparable<TenantId> {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The tenant that {@code /scim/v2} serves to the administrator's token. */
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Not a tenant id (1 to 63 of a-z, 0-9 and '-', no '-' at either end)");
    }
  }

  /** Whether {@code value} can be a tenant id. */
  public static boolean isValid(String value) {
    return LABEL.matcher(value).matches();
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
