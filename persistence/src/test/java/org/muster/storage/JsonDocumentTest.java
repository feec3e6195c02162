package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {

  @Test
  void textAndTreeAreTheSameDocument() {
    JsonDocument ofText = JsonDocument.ofText("{ \"a\" : [1, 2.50, \"x\"] }");
    JsonDocument ofTree = JsonDocument.of(ofText.tree().deepCopy());
    assertThat(ofTree).isEqualTo(ofText).hasSameHashCodeAs(ofText);
    assertThat(JsonDocument.ofText(ofTree.text())).isEqualTo(ofText);
    assertThat(ofTree.text()).doesNotContain("\n");
    assertThat(ofTree).isNotEqualTo(JsonDocument.ofText("{}"));
  }

  @Test
  void whatItPrintsIsNotItsContent() {
    assertThat(JsonDocument.ofText("{\"password\":\"secret\"}"))
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void numbersKeepTheirValue() {
    String text = "{\"a\":0.1,\"b\":123456789012345678901234567890,\"c\":1E+400,\"d\":-0.10}";
    assertThat(JsonDocument.of(JsonDocument.ofText(text).tree().deepCopy()).tree())
        .isEqualTo(JsonDocument.ofText(text).tree());
    assertThat(JsonDocument.ofText(text).tree().path("b").bigIntegerValue())
        .hasToString("123456789012345678901234567890");
  }

  @Test
  void whatTellsOfTheDeepestDocumentIsRead() {
    String deepest = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    assertThat(JsonDocument.ofText(deepest).isStorable()).isTrue();
    JsonDocument around = JsonDocument.ofText("{\"document\":" + deepest + "}");
    assertThat(around.tree().get("document").toString()).isEqualTo(deepest);
    assertThat(around.isStorable()).isFalse();
  }

  @Test
  void storedTextThatIsNoStrictJsonObjectIsCorrupt() {
    String deep = "{\"a\":" + "[".repeat(72) + "]".repeat(72) + "}";
    for (String bad :
        List.of(
            "",
            " ",
            "[]",
            "1",
            "null",
            "\"x\"",
            "{",
            "{} {}",
            "{}x",
            "{\"a\":1,\"a\":2}",
            "{\"a\":{\"b\":1,\"b\":1}}",
            "{'a':1}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "{\"a\":\"\n\"}",
            "{/**/}",
            deep,
            "{\"a\":" + "9".repeat(401) + "}",
            "{\"" + "n".repeat(70_000) + "\":1}")) {
      assertThatThrownBy(() -> JsonDocument.ofText(bad).tree())
          .as(bad.substring(0, Math.min(40, bad.length())))
          .isInstanceOf(StorageException.Corrupt.class);
    }
  }

  @Test
  void tenThousandLevelsAreRefusedWithoutAStackOverflow() {
    String text = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    assertThatThrownBy(() -> JsonDocument.ofText(text).tree())
        .isInstanceOf(StorageException.Corrupt.class);
    assertThat(JsonDocument.ofText(text).isStorable()).isFalse();
  }

  @Test
  void whatIsStorableCanBeReadAgain() {
    String deepest = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    for (String good :
        List.of(
            "{}",
            deepest,
            "{\"a\":\"[[[{{{\"}",
            "{\"a\":\"\\\"[\"}",
            "{\"a\":\"\\\\\",\"b\":[]}",
            "{\"a\":\"\\ud83d\\ude00\"}",
            "{\"a\":\"\\\\ud83d\"}",
            "{\"a\":\"\\\\u0000\"}")) {
      assertThat(JsonDocument.ofText(good).isStorable()).as(good).isTrue();
      assertThat(JsonDocument.ofText(good).tree()).isNotNull();
    }
    String manyShallow = "{\"a\":[" + "[],".repeat(1_000) + "[]]}";
    assertThat(JsonDocument.ofText(manyShallow).isStorable()).isTrue();
  }

  @Test
  void whatIsNotStorableIsFoundWhereverItIs() {
    for (String bad :
        List.of(
            "{\"a\":\"\\u0000\"}",
            "{\"\\u0000\":1}",
            "{\"a\":\"\u0000\"}",
            "{\"a\":\"\\ud83d\"}",
            "{\"a\":\"\\ude00\\ud83d\"}",
            "{\"a\":\"\\ud83dx\"}",
            "{\"a\":\"\ud83d\"}",
            "{\"a\":\"\ude00\"}",
            "{\"a\":\"\\\\\\u0000\"}",
            "{\"a\":\"\\\"\\uD83D\\n\"}")) {
      assertThat(JsonDocument.ofText(bad).isStorable()).as(bad).isFalse();
    }
  }

  @Test
  void storabilityIsThatOfTheTextsInTheTree() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String units = "a\"\\[{\u0000\ud83d\ude00é\n\u2028";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(5); n > 0; n--) {
        text.append(units.charAt(random.nextInt(units.length())));
      }
      JsonDocument document = People.with("k", text.toString());
      assertThat(document.isStorable())
          .as("%s, seed %d", document.text(), seed)
          .isEqualTo(org.muster.kernel.Folding.isStorable(text.toString()));
    }
  }

  @Test
  void bytesAreThoseOfUtf8() {
    for (String text : List.of("", "a", "é", "\u07ff", "\u0800", "\uffee", "😀", "aé\u2028😀\"")) {
      JsonDocument document = People.with("k", text);
      assertThat(document.bytes())
          .isEqualTo(document.text().getBytes(StandardCharsets.UTF_8).length);
    }
  }
}
