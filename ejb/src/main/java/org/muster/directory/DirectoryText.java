package org.muster.directory;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of something, as text, with what was made of it on this node. Thread-safe;
 * who reads it at the same time may make it twice.
 */
public final class DirectoryText {
  private final String text;
  private volatile @Nullable Object read;

  DirectoryText(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** What was made of it, or is made now. It is of one kind, since the text lies in one space. */
  @SuppressWarnings("unchecked")
  <T> T read(String key, BiFunction<String, String, T> reader) {
    Object known = read;
    if (known == null) {
      known = reader.apply(key, text);
      read = known;
    }
    return (T) known;
  }
}
