package org.muster.storage;

/**
 * One pass over a JSON text that finds what a back end could not keep or read again: U+0000 and
 * lone surrogates, plain or escaped, and too deep nesting. Whether it is JSON at all is not judged.
 */
final class StorableText {
  private final String text;
  private int at;
  private int depth;
  private boolean inString;
  private boolean awaitsLow;

  private StorableText(String text) {
    this.text = text;
  }

  static boolean isStorable(String text, int maxDepth) {
    return new StorableText(text).isStorable(maxDepth);
  }

  private boolean isStorable(int maxDepth) {
    while (at < text.length()) {
      char unit = text.charAt(at++);
      if (inString && unit >= ' ' && unit < 0x80 && unit != '"' && unit != '\\' && !awaitsLow) {
        continue; // most of a text
      }
      if (unit == '\\' && inString) {
        unit = escaped();
      } else if (unit == '"') {
        inString = !inString;
      } else if (!inString) {
        depth += unit == '{' || unit == '[' ? 1 : unit == '}' || unit == ']' ? -1 : 0;
      }
      if (unit == 0 || depth > maxDepth || awaitsLow != Character.isLowSurrogate(unit)) {
        return false;
      }
      awaitsLow = Character.isHighSurrogate(unit);
    }
    return !awaitsLow;
  }

  /** The character that an escape stands for, as far as it matters here; goes behind it. */
  private char escaped() {
    if (at >= text.length()) {
      return '\\';
    }
    char kind = text.charAt(at++);
    if (kind != 'u' || at + 4 > text.length()) {
      return kind;
    }
    int unit = 0;
    for (int end = at + 4; at < end; at++) {
      unit = unit * 16 + Character.digit(text.charAt(at), 16);
    }
    return (char) unit;
  }
}
