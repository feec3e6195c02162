package org.muster.caching;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.muster.cache.Codec;

/** Contents as bytes: form, end of life, length of the media type, media type, value. */
final class ContentCodec implements Codec<Content> {
  private static final byte FORM = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES + Short.BYTES;

  @Override
  public byte[] encode(Content value) {
    byte[] type = value.type().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER_BYTES + type.length + value.bytes().length)
        .put(FORM)
        .putLong(value.expiresMillis())
        .putShort((short) type.length)
        .put(type)
        .put(value.bytes())
        .array();
  }

  @Override
  public Content decode(ByteBuffer from) {
    try {
      if (from.get() != FORM) {
        throw new IllegalArgumentException("Not a content of this form");
      }
      long expires = from.getLong();
      byte[] type = new byte[Short.toUnsignedInt(from.getShort())];
      from.get(type);
      byte[] value = new byte[from.remaining()];
      from.get(value);
      return new Content(new String(type, StandardCharsets.UTF_8), value, expires);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("A content that is cut off", e);
    }
  }
}
