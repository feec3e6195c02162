package org.muster.cache.coded;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.muster.cache.Codec;

/** Texts as UTF-8. */
public final class TextCodec implements Codec<String> {
  @Override
  public byte[] encode(String value) {
    return value.getBytes(UTF_8);
  }

  @Override
  public String decode(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
