package org.muster.cache.coded;

import org.muster.cache.Codec;

/** Bytes as they are. */
public final class BytesCodec implements Codec<byte[]> {
  @Override
  public byte[] encode(byte[] value) {
    return value;
  }

  @Override
  public byte[] decode(byte[] bytes) {
    return bytes;
  }
}
