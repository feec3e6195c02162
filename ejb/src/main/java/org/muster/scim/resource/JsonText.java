package org.muster.scim.resource;

/** Finds places in the text of a JSON object that is known to be well-formed. */
final class JsonText {
  private JsonText() {}

  /** The index behind the opening brace. */
  static int bodyStart(String text) {
    return text.indexOf('{') + 1;
  }

  /** The index of the closing brace, or of white space before it. */
  static int bodyEnd(String text) {
    int end = text.lastIndexOf('}');
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  /** The index behind the array that is the first member, if it has that name; else 0. */
  static int leadingArrayEnd(String text, String name) {
    String start = "{\"" + name + "\":";
    if (!text.startsWith(start)) {
      return 0;
    }
    int at = start.length();
    while (text.charAt(at) <= ' ') {
      at++;
    }
    return text.charAt(at) == '[' ? arrayEnd(text, at) : 0;
  }

  private static int arrayEnd(String text, int start) {
    boolean quoted = false;
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && --depth == 0) {
        return i + 1;
      }
    }
    return 0;
  }
}
