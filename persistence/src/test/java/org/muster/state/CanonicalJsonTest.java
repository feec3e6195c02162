package org.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

class CanonicalJsonTest {

  /** RFC 8785 appendix B: the doubles of these bits, as they are written. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void shortestDecimalsOfDoublesAreWrittenAsTheRfcHasThem(String bits, String expected) {
    assertThat(Double.parseDouble(expected))
        .isEqualTo(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)));
    BigDecimal value = new BigDecimal(expected);
    for (String spelling :
        List.of(
            expected,
            value.toString(),
            value.toPlainString(),
            value.unscaledValue() + "000e" + (-value.scale() - 3))) {
      assertThat(number(spelling)).isEqualTo(expected);
    }
  }

  @Test
  void numbersThatNoDoubleHoldsKeepTheirDigits() {
    assertThat(number("9007199254740993")).isEqualTo("9007199254740993");
    assertThat(number("123456789012345678901")).isEqualTo("123456789012345678901");
    assertThat(number("1234567890123456789012")).isEqualTo("1.234567890123456789012e+21");
    assertThat(number("333333333.33333329")).isEqualTo("333333333.33333329");
    assertThat(number("0.10000000000000000000000000000000001"))
        .isEqualTo("0.10000000000000000000000000000000001");
    assertThat(number("1e400")).isEqualTo("1e+400");
    assertThat(number("-12.5e-2000000000")).isEqualTo("-1.25e-1999999999");
    assertThat(number("1E+2147483647")).isEqualTo("1e+2147483647");
    assertThat(number("9".repeat(400))).isEqualTo("9." + "9".repeat(399) + "e+399");
  }

  @Test
  void spellingOfANumberDoesNotMatter() {
    for (String zero : List.of("0", "-0", "0.0", "-0.0", "0e5", "-0E-400", "0.000")) {
      assertThat(number(zero)).isEqualTo("0");
    }
    for (String ten : List.of("10", "1e1", "1E+1", "10.0", "0.1e2", "100e-1")) {
      assertThat(number(ten)).isEqualTo("10");
    }
  }

  @Test
  void treesThatWereBuiltAreAsThoseThatWereRead() {
    ObjectNode tree = JsonDocument.MAPPER.createObjectNode();
    tree.put("int", 1).put("long", 1L << 60).put("big", BigInteger.TEN.pow(30));
    tree.put("double", 0.1).put("float", 0.1f).put("exact", new BigDecimal("1.50"));
    JsonDocument built = JsonDocument.of(tree);
    assertThat(CanonicalJson.text(built))
        .isEqualTo(canonical(built.text()))
        .isEqualTo(
            "{\"big\":1e+30,\"double\":0.1,\"exact\":1.5,\"float\":0.1,\"int\":1,"
                + "\"long\":1152921504606846976}");
  }

  @Test
  void numbersHaveTheSameFormJustIfTheyAreEqual() {
    long seed = Long.getLong("muster.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal one = number(random);
      BigDecimal two = random.nextBoolean() ? number(random) : near(one, random);
      String form = number(one.toString());
      assertThat(new BigDecimal(form)).as("seed %d", seed).isEqualByComparingTo(one);
      assertThat(form.equals(number(two.toString())))
          .as("%s and %s, seed %d", one, two, seed)
          .isEqualTo(one.compareTo(two) == 0);
    }
  }

  private static BigDecimal number(Random random) {
    BigInteger digits = new BigInteger(1 + random.nextInt(80), random);
    BigDecimal value = new BigDecimal(digits, random.nextInt(60) - 30);
    return random.nextBoolean() ? value : value.negate();
  }

  /** The same number spelt otherwise, or one that is a digit off. */
  private static BigDecimal near(BigDecimal value, Random random) {
    BigDecimal longer = value.setScale(Math.max(value.scale(), 0) + random.nextInt(5));
    return random.nextBoolean() ? longer : longer.add(longer.ulp());
  }

  /** RFC 8785 section 3.2.2, but for its first number, which is not rounded here. */
  @Test
  void exampleOfTheRfcIsCanonical() {
    String text =
        """
        {
          "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }
        """;
    assertThat(canonical(text))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** RFC 8785 section 3.2.3: by UTF-16 unit, not by code point. */
  @Test
  void membersAreSortedByUnit() {
    String text =
        """
        {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter","1":"One",
         "\\ud83d\\ude00":"Emoji","\\u0080":"Control","\\u00f6":"Latin Small Letter O"}
        """;
    assertThat(canonical(text))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O\",\"€\":\"Euro Sign\",\"😀\":\"Emoji\","
                + "\"\ufb33\":\"Hebrew Letter\"}");
  }

  @Test
  void everyCharacterHasAFormOfItsOwn() {
    ObjectNode tree = JsonDocument.MAPPER.createObjectNode();
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x11000; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    tree.put("all", all.toString());
    String form = CanonicalJson.text(JsonDocument.of(tree));
    assertThat(canonical(form)).isEqualTo(form);
    assertThat(form).contains("\\u0000\\u0001", "\\b\\t\\n\\u000b\\f\\r\\u000e", "\u007f\u0080");
    assertThat(JsonDocument.ofText(form).tree()).isEqualTo(tree);
    assertThat(CanonicalJson.bytes(JsonDocument.of(tree)))
        .isEqualTo(form.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void orderOfMembersDoesNotMatterAndThatOfElementsDoes() {
    List<String> members = new ArrayList<>(List.of("'a':[1,2]", "'B':{'c':{}}", "'é':null"));
    String form = form("{" + String.join(",", members) + "}");
    for (int i = 0; i < 6; i++) {
      Collections.rotate(members, i);
      assertThat(form("{ " + String.join(" ,\n", members) + "}")).isEqualTo(form);
    }
    Stream.of("{'a':[2,1],'B':{'c':{}},'é':null}", "{'a':[1,2],'B':{'c':[]},'é':null}")
        .forEach(other -> assertThat(form(other)).isNotEqualTo(form));
    assertThat(form("{'a':null}")).isNotEqualTo(form("{}"));
    assertThat(form("{'a':'1'}")).isNotEqualTo(form("{'a':1}"));
    assertThat(form("{'e\u0301':1}")).isNotEqualTo(form("{'é':1}"));
  }

  @Test
  void objectsWithinObjectsArePutInOrder() {
    assertThat(form("{'c':{'b':[{'z':1,'y':{'q':0,'p':{}}}],'a':2},'b':[],'a':{'d':3,'c':'4'}}"))
        .isEqualTo(
            "{'a':{'c':'4','d':3},'b':[],'c':{'a':2,'b':[{'y':{'p':{},'q':0},'z':1}]}}"
                .replace('\'', '"'));
  }

  @Test
  void whatIsNotJsonIsRefused() {
    for (String lone : List.of("\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\u0000\ud800")) {
      ObjectNode value = JsonDocument.MAPPER.createObjectNode().put("a", lone);
      ObjectNode name = JsonDocument.MAPPER.createObjectNode().put(lone, 1);
      assertRefused(value);
      assertRefused(name);
    }
    assertRefused(JsonDocument.MAPPER.createObjectNode().put("a", Double.NaN));
    assertRefused(JsonDocument.MAPPER.createObjectNode().put("a", Double.POSITIVE_INFINITY));
    assertRefused(JsonDocument.MAPPER.createObjectNode().put("a", new byte[] {1}));
    assertRefused(JsonDocument.MAPPER.createObjectNode().putPOJO("a", new Object()));
    assertThatThrownBy(() -> CanonicalJson.digest(JsonDocument.ofText("[]")))
        .isInstanceOf(StorageException.Corrupt.class);
  }

  private static void assertRefused(ObjectNode tree) {
    assertThatThrownBy(() -> CanonicalJson.bytes(JsonDocument.of(tree)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String number(String text) {
    String form = form("{'n':" + text + "}");
    return form.substring(5, form.length() - 1);
  }

  /** The form of JSON in which ' stands for ". */
  private static String form(String json) {
    return canonical(json.replace('\'', '"'));
  }

  /** The same whether a tree is made of it or not. */
  private static String canonical(String json) {
    JsonDocument document = JsonDocument.ofText(json);
    String ofTree = CanonicalJson.text(document);
    try (JsonParser parser = document.parser()) {
      parser.nextToken();
      assertThat(CanonicalJson.text(parser)).isEqualTo(ofTree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ofTree;
  }
}
