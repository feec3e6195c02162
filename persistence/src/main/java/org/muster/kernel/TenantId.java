package org.muster.kernel;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One tenant: a DNS label, 1 to 63 of a-z, 0-9 and '-' (RFC 1123 section 2.1). Within back ends
 * there is a second form, which no tenant that anybody can name has: under it lies a copy of what a
 * tenant has.
 */
public final class TenantId implements Comparable<TenantId> {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String COPY = "~1";

  /** The tenant that {@code /scim/v2} serves to the administrator's token. */
  public static final TenantId DEFAULT = new TenantId("default");

  private final String value;

  /**
   * The tenant of that name.
   *
   * @throws IllegalArgumentException if none can have it
   */
  public TenantId(String value) {
    this(value, isValid(value));
  }

  private TenantId(String value, boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException(
          "Not a tenant id (1 to 63 of a-z, 0-9 and '-', no '-' at either end)");
    }
    this.value = value;
  }

  /** What a back end has stored: either form. */
  public static TenantId stored(String text) {
    return text.endsWith(COPY)
        ? new TenantId(text.substring(0, text.length() - COPY.length())).copy()
        : new TenantId(text);
  }

  /** Whether {@code value} can be a tenant id. */
  public static boolean isValid(String value) {
    return LABEL.matcher(value).matches();
  }

  /** Under which a copy lies of what the tenant has. */
  public TenantId copy() {
    return isCopy() ? this : new TenantId(value + COPY, true);
  }

  /** The tenant of whose things a copy lies under this; itself if it is no copy. */
  public TenantId original() {
    return isCopy() ? new TenantId(value.substring(0, value.length() - COPY.length()), true) : this;
  }

  private boolean isCopy() {
    return value.endsWith(COPY);
  }

  /** The text of the id. */
  public String value() {
    return value;
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TenantId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
