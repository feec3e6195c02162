package org.muster.kernel;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How text is compared everywhere in Muster: in Unicode NFC, by code point, independent of locale
 * and database; where the attribute is not caseExact also case-folded in full (so that "ß" equals
 * "ss") and without regard to the width of characters (RFC 7613 section 3.2).
 */
public final class Folding {
  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();

  /** The order of folded text: by code point, as {@code COLLATE "C"} over UTF-8 has it. */
  public static final Comparator<String> CODE_POINTS = Folding::compareCodePoints;

  /** The longest folded key that is kept for searching, in UTF-16 units. */
  public static final int KEY_LENGTH = 512;

  private Folding() {}

  /**
   * The form of {@code text} that is compared: NFC, and unless {@code caseExact} case-folded and of
   * usual width.
   */
  public static String fold(String text, boolean caseExact) {
    if (isAscii(text)) {
      return caseExact ? text : lowerAscii(text);
    }
    if (caseExact) {
      return NFC.normalize(text);
    }
    return NFC.normalize(UCharacter.foldCase(ofUsualWidth(NFC.normalize(text)), true));
  }

  /** With fullwidth and halfwidth characters replaced by what they are a form of. */
  private static String ofUsualWidth(String text) {
    int first = 0;
    while (first < text.length() && !isOfOtherWidth(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder usual = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      @Nullable String form = isOfOtherWidth(c) ? NFKD.getRawDecomposition(c) : null;
      if (form == null) {
        usual.append(c);
      } else {
        usual.append(form);
      }
    }
    return usual.toString();
  }

  private static boolean isOfOtherWidth(char c) {
    return c == '\u3000' || (c >= '\uff00' && c <= '\uffef');
  }

  /**
   * {@code folded} as a key: cut to {@link #KEY_LENGTH}, so that the order of two keys is never the
   * opposite of that of their texts. A surrogate pair that would be cut in two gives way to U+FFFF,
   * which is behind every other single unit and before every pair. A key shorter than {@link
   * #KEY_LENGTH} is the whole text.
   */
  public static String key(String folded) {
    if (folded.length() <= KEY_LENGTH) {
      return folded;
    }
    return Character.isHighSurrogate(folded.charAt(KEY_LENGTH - 1))
        ? folded.substring(0, KEY_LENGTH - 1) + '\uffff'
        : folded.substring(0, KEY_LENGTH);
  }

  /** The beginning of {@code text}: at most {@code units} of UTF-16, and no half of a pair. */
  public static String beginning(String text, int units) {
    if (text.length() <= units) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(units - 1)) ? units - 1 : units);
  }

  /** Whether {@code text} can be stored: no U+0000 and no lone surrogate. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      } else if (Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static int compareCodePoints(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // UTF-16 order differs from code-point order only where surrogates meet U+E000 to U+FFFF.
        boolean surrogateA = Character.isSurrogate(a);
        boolean surrogateB = Character.isSurrogate(b);
        return surrogateA == surrogateB ? Character.compare(a, b) : surrogateA ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String lowerAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        char[] chars = text.toCharArray();
        for (int j = i; j < chars.length; j++) {
          if (chars[j] >= 'A' && chars[j] <= 'Z') {
            chars[j] = (char) (chars[j] + ('a' - 'A'));
          }
        }
        return new String(chars);
      }
    }
    return text;
  }
}
