package org.muster.cache.coded;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.kernel.TenantId;

/** Keys as bytes: tenant, space and text with '/' in between, so that bytes sort by code point. */
public final class CellKeys {
  private CellKeys() {}

  /** The name of a key. */
  public static String name(CacheKey key) {
    CacheSpace space = key.space();
    return space.tenant().value() + '/' + space.name() + '/' + key.text();
  }

  /** The name of a space. */
  public static String name(CacheSpace space) {
    return space.tenant().value() + '/' + space.name();
  }

  /** The bytes of a key. */
  public static byte[] bytes(CacheKey key) {
    return name(key).getBytes(UTF_8);
  }

  /** The name of the space of a key's bytes; null if they are of none. */
  public static @Nullable String spaceName(byte[] bytes) {
    int slashes = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '/' && ++slashes == 2) {
        return new String(bytes, 0, i, UTF_8);
      }
    }
    return null;
  }

  /** The key of bytes; null if they are of none. */
  public static @Nullable CacheKey key(byte[] bytes) {
    String name = new String(bytes, UTF_8);
    int tenant = name.indexOf('/');
    int space = name.indexOf('/', tenant + 1);
    try {
      return tenant < 0 || space < 0
          ? null
          : new CacheKey(space(name.substring(0, space)), name.substring(space + 1));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The space of a name that {@link #name(CacheSpace)} made. */
  public static CacheSpace space(String name) {
    int tenant = name.indexOf('/');
    if (tenant < 0) {
      throw new IllegalArgumentException("Not the name of a space");
    }
    return new CacheSpace(TenantId.stored(name.substring(0, tenant)), name.substring(tenant + 1));
  }
}
