package org.muster.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.muster.cache.Codec;
import org.muster.kernel.Utf8;

/** The texts as UTF-8, for a level that nodes share. */
public final class DirectoryCodec implements Codec<DirectoryText> {
  @Override
  public byte[] encode(DirectoryText value) {
    return value.text().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public DirectoryText decode(ByteBuffer bytes) {
    return new DirectoryText(Utf8.text(bytes));
  }
}
