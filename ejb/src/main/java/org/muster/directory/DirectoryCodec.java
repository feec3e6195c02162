package org.muster.directory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.muster.cache.Codec;

/** The texts as UTF-8, for a level that nodes share. */
public final class DirectoryCodec implements Codec<DirectoryText> {
  @Override
  public byte[] encode(DirectoryText value) {
    return value.text().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public DirectoryText decode(byte[] bytes) {
    try {
      return new DirectoryText(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("No text", e);
    }
  }
}
