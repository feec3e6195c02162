package org.muster.cache.coded;

import java.nio.ByteBuffer;
import org.muster.cache.Codec;

/** Bytes as they are. */
public final class BytesCodec implements Codec<byte[]> {
  @Override
  public byte[] encode(byte[] value) {
    return value;
  }

  @Override
  public byte[] decode(ByteBuffer bytes) {
    byte[] value = new byte[bytes.remaining()];
    bytes.get(value);
    return value;
  }
}
