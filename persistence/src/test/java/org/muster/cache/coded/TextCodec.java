package org.muster.cache.coded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.muster.cache.Codec;
import org.muster.kernel.Utf8;

/** Texts as UTF-8. */
public final class TextCodec implements Codec<String> {
  @Override
  public byte[] encode(String value) {
    return value.getBytes(UTF_8);
  }

  @Override
  public String decode(ByteBuffer bytes) {
    return Utf8.text(bytes);
  }
}
