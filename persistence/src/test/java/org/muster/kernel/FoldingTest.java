package org.muster.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldingTest {

  @Test
  void caseIsFoldedInFull() {
    assertFolded("Straße", "STRASSE", "strasse", "straſſe", "STRAẞE");
    assertFolded("ﬁn", "FIN", "fin");
    assertFolded("ŉ", "ʼN");
    assertFolded("ǰ", "J\u030c");
    assertFolded("ΐ", "Ϊ́", "\u03b9\u0308\u0301");
  }

  @Test
  void everySigmaIsTheSame() {
    assertFolded("ΟΔΟΣ", "οδος", "οδοσ");
    assertThat(Folding.fold("ΟΔΟΣ", false)).isEqualTo("οδοσ");
  }

  @Test
  void dottedAndDotlessAreFoldedWithoutALocale() {
    assertThat(Folding.fold("I", false)).isEqualTo("i");
    assertThat(Folding.fold("İ", false)).isEqualTo("i\u0307");
    assertThat(Folding.fold("I\u0307", false)).isEqualTo("i\u0307");
    assertThat(Folding.fold("ı", false)).isEqualTo("ı");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale.Builder().setLanguage("tr").build());
      assertThat(Folding.fold("TITLE İI", false)).isEqualTo("title i\u0307i");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void composedAndDecomposedAreTheSame() {
    for (boolean caseExact : List.of(true, false)) {
      assertThat(Folding.fold("e\u0301", caseExact)).isEqualTo("é");
      assertThat(Folding.fold("\u1100\u1161", caseExact)).isEqualTo("가");
      assertThat(Folding.fold("a\u0301\u0323", caseExact))
          .isEqualTo(Folding.fold("a\u0323\u0301", caseExact));
    }
    assertThat(Folding.fold("\u212b", true)).isEqualTo("Å");
    assertFolded("\u212b", "å", "a\u030a");
  }

  @Test
  void widthMakesNoDifferenceUnlessCaseExact() {
    assertFolded("ｂｏＢ＿１＠ｅ", "bob_1@e", "BOB_1@E");
    assertFolded("ann　ames", "ann ames");
    assertFolded("ｶﾞ", "ガ", "カ\u3099");
    assertThat(Folding.fold("ｂｏｂ", true)).isEqualTo("ｂｏｂ");
    assertThat(Folding.fold("Ⅳ\ufff0", false)).isEqualTo("ⅳ\ufff0");
  }

  @Test
  void caseExactKeepsCaseAndCompatibilityCharacters() {
    assertThat(Folding.fold("Straße ﬁ Ⅳ", true)).isEqualTo("Straße ﬁ Ⅳ");
    assertThat(Folding.fold("ASCII only [@`{", true)).isEqualTo("ASCII only [@`{");
  }

  @Test
  void asciiGoesTheShortWayWithTheSameResult() {
    String ascii =
        IntStream.rangeClosed(1, 127)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String folded = Folding.fold(ascii, false);
    assertThat(Folding.fold(ascii + "é", false)).isEqualTo(folded + "é");
    assertThat(Folding.fold("", false)).isEmpty();
    assertThat(Folding.fold("ann", false)).isSameAs("ann");
  }

  @Test
  void everythingBeyondTheFirstPlaneIsFoldedToo() {
    assertFolded("\ud801\udc00", "\ud801\udc28"); // Deseret long I
    assertFolded("\ud83d\ude00");
  }

  @Test
  void foldingTwiceIsFoldingOnce() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        assertFoldedOnce(Character.toString(codePoint), seed);
      }
    }
    int[] marks = {0x300, 0x301, 0x307, 0x308, 0x323, 0x327, 0x345, 0x31b, 0x302};
    int[] letters = {'A', 'i', 'I', 'S', 0x3b1, 0x391, 0x3c9, 0x3a5, 0x130, 0xdf, 0x1f80, 0x1e9e};
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        int[] from = random.nextInt(3) == 0 ? letters : marks;
        text.appendCodePoint(from[random.nextInt(from.length)]);
      }
      assertFoldedOnce(text.toString(), seed);
    }
  }

  @Test
  void orderIsThatOfCodePointsAndOfUtf8() {
    List<String> sorted =
        List.of(
            "",
            "A",
            "a",
            "a\u0000",
            "aa",
            "b",
            "\u007f",
            "é",
            "\ud7ff",
            "\ue000",
            "\uffee",
            "\uffff",
            "\ud800\udc00",
            "\ud83d\ude00",
            "\ud83d\ude00a",
            "\ud83d\ude01",
            "\udbff\udfff");
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = 0; j < sorted.size(); j++) {
        int expected =
            Arrays.compareUnsigned(
                sorted.get(i).getBytes(StandardCharsets.UTF_8),
                sorted.get(j).getBytes(StandardCharsets.UTF_8));
        int actual = Folding.CODE_POINTS.compare(sorted.get(i), sorted.get(j));
        assertThat(Integer.signum(actual))
            .as("%s, %s", sorted.get(i), sorted.get(j))
            .isEqualTo(Integer.signum(expected))
            .isEqualTo(Integer.compare(i, j));
      }
    }
    assertThat("\uffee".compareTo("\ud83d\ude00")).as("UTF-16 has it the other way").isPositive();
  }

  @Test
  void keysAreCutAt512UnitsAndNeverInsideAPair() {
    assertThat(Folding.key("a".repeat(512))).hasSize(512);
    assertThat(Folding.key("a".repeat(513))).isEqualTo("a".repeat(512));
    assertThat(Folding.key("a".repeat(511) + "😀")).isEqualTo("a".repeat(511) + "\uffff");
    assertThat(Folding.key("a".repeat(510) + "😀b")).isEqualTo("a".repeat(510) + "😀");
    assertThat(Folding.key("😀".repeat(300))).isEqualTo("😀".repeat(256));
    assertThat(Folding.key("a" + "😀".repeat(300))).hasSize(512).matches(Folding::isStorable);
  }

  @Test
  void beginningIsNoHalfOfAPair() {
    assertThat(Folding.beginning("abc", 3)).isEqualTo("abc");
    assertThat(Folding.beginning("abcd", 3)).isEqualTo("abc");
    assertThat(Folding.beginning("ab😀", 3)).isEqualTo("ab");
    assertThat(Folding.beginning("a😀b", 3)).isEqualTo("a😀");
  }

  @Test
  void cuttingKeepsTheOrder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String prefix = "x".repeat(510);
    for (int round = 0; round < 5_000; round++) {
      String left = prefix + tail(random);
      String right = prefix + tail(random);
      int whole = Folding.CODE_POINTS.compare(left, right);
      int cut = Folding.CODE_POINTS.compare(Folding.key(left), Folding.key(right));
      assertThat(Integer.signum(cut)).as("seed %d", seed).isIn(0, Integer.signum(whole));
    }
  }

  @Test
  void nulAndLoneSurrogatesAreNotStorable() {
    for (String good : List.of("", "a", "\u0001", "\uffff", "😀", "a😀b")) {
      assertThat(Folding.isStorable(good)).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "\u0000", "a\u0000", "\ud800", "\udc00", "\ud800a", "\ud800\ud800\udc00", "😀\udc00")) {
      assertThat(Folding.isStorable(bad)).isFalse();
    }
  }

  private static String tail(Random random) {
    StringBuilder tail = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      tail.append(List.of("a", "b", "\uffee", "😀", "😁").get(random.nextInt(5)));
    }
    return tail.toString();
  }

  private static void assertFoldedOnce(String text, long seed) {
    String once = Folding.fold(text, false);
    assertThat(Folding.fold(once, false)).as("%s, seed %d", text, seed).isEqualTo(once);
  }

  private static void assertFolded(String text, String... others) {
    for (String other : others) {
      assertThat(Folding.fold(other, false)).isEqualTo(Folding.fold(text, false));
    }
  }
}
