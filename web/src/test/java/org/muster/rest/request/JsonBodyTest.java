package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.rest.error.Failure;
import org.muster.scim.ScimException;

/** What comes in as a body, most of it hostile. */
class JsonBodyTest {
  private static final int MOST = 1 << 20;
  private final JsonBody reader = new JsonBody(MOST);

  @Test
  void objectIsRead() throws IOException {
    ObjectNode body = read("{\"userName\":\"jürgen\",\"n\":1.10,\"e\":\"\\ud83d\\ude00\"}");
    assertThat(body.path("userName").textValue()).isEqualTo("jürgen");
    assertThat(body.path("n").decimalValue()).isEqualByComparingTo("1.1");
    assertThat(body.path("e").textValue()).isEqualTo("😀");
  }

  @Test
  void byteOrderMarkIsSkipped() throws IOException {
    assertThat(read("\uFEFF{}").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "[]", "\"a\"", "1", "null", "true"})
  void anythingButAnObjectIsRefused(String text) {
    assertInvalid(text, "JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{\"a\":}", "{a:1}", "{'a':1}", "{\"a\":1,}", "{\"a\":NaN}", "{\"a\":01}"})
  void malformedJsonIsRefusedWithItsPlace(String text) {
    assertInvalid(text, "The body is not valid JSON, at line 1, column ");
  }

  @Test
  void placeIsCountedInLinesAndColumns() {
    assertInvalid("{\n  \"a\": 1,\n  \"b\": ?\n}", "at line 3, column 8");
  }

  @Test
  void secondValueIsRefused() {
    assertInvalid("{} {}", "The body has more than one JSON value");
  }

  @Test
  void keyThatStandsTwiceIsNamed() {
    assertInvalid(
        "{\"a\":{\"userName\":1,\"userName\":2}}",
        "The key \"userName\" stands twice in one object");
  }

  @Test
  void deepNestingIsRefused() {
    assertInvalid("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), "deeper than 64 levels");
    assertInvalid("{\"a\":" + "[".repeat(10_000), "deeper than 64 levels");
  }

  @Test
  void hugeNumbersAreRefused() {
    assertInvalid("{\"a\":" + "9".repeat(10_000) + "}", "too long a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00\\ud800", "a\\ud800b"})
  void textThatCannotBeStoredIsRefused(String escaped) {
    for (String text :
        new String[] {
          "{\"a\":\"" + escaped + "\"}",
          "{\"" + escaped + "\":1}",
          "{\"a\":[{\"b\":[\"" + escaped + "\"]}]}"
        }) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOfSatisfying(
              ScimException.class,
              e -> assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE));
    }
  }

  @Test
  void rawControlCharactersAreRefused() {
    assertInvalid("{\"a\":\"\0\"}", "The body is not valid JSON");
    assertInvalid("\0{}", "The body is not valid JSON");
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(latin), latin.length))
        .hasMessage("The body is not UTF-8 text");
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(overlong), -1))
        .hasMessage("The body is not UTF-8 text");
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE);
    assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(utf16), -1))
        .isInstanceOf(ScimException.class);
  }

  @Test
  void longBodyIsRefusedUnreadIfItSaysItsLength() {
    Endless body = new Endless();
    assertThatThrownBy(() -> reader.read(body, 100_000_000)).satisfies(JsonBodyTest::is413);
    assertThat(body.count).isZero();
  }

  @Test
  void longBodyIsRefusedSoonIfItHidesItsLength() {
    Endless body = new Endless();
    assertThatThrownBy(() -> reader.read(body, -1)).satisfies(JsonBodyTest::is413);
    assertThat(body.count).isLessThan(MOST + 64 * 1024L);
  }

  @Test
  void bodyOfTheGreatestLengthIsRead() throws IOException {
    String text = "{\"a\":\"" + "x".repeat(MOST - 8) + "\"}";
    assertThat(read(text).path("a").textValue()).hasSize(MOST - 8);
    assertThatThrownBy(() -> read(text + " ")).satisfies(JsonBodyTest::is413);
  }

  @Test
  void noiseNeverShowsClassNames() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "{}[]:,\"\\u0aef1.-+eE tn\n/*#";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{\"");
      for (int j = random.nextInt(20); j >= 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        read(text.toString());
      } catch (ScimException e) {
        assertThat(e.getMessage())
            .as("seed %d, body %s", seed, text)
            .doesNotContain("com.fasterxml", "java", "Stream", "Source", "Exception", "`");
      } catch (IOException e) {
        throw new AssertionError("seed " + seed + ", body " + text, e);
      }
    }
  }

  private ObjectNode read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return reader.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  private void assertInvalid(String text, String detail) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_SYNTAX))
        .hasMessageContaining(detail)
        .hasMessageNotContainingAny("com.", "Stream", "`");
  }

  private static void is413(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Failure.Refusal.class, e -> assertThat(e.failure().status()).isEqualTo(413));
  }

  /** A body without an end, which counts what is read of it. */
  private static final class Endless extends InputStream {
    long count;

    @Override
    public int read() {
      count++;
      return ' ';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      count += length;
      return length;
    }
  }
}
