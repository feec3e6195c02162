package org.muster.cache;

import java.util.regex.Pattern;
import org.muster.kernel.TenantId;

/**
 * What is listed, counted and cleared together: one cache of one tenant.
 *
 * @param name 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'
 */
public record CacheSpace(TenantId tenant, String name) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public CacheSpace {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not a name of a cache (1 to 64 of A-Z a-z 0-9 . _ -)");
    }
  }
}
