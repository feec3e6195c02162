package org.muster.rest.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What path, query and Host of a request may hold. */
class SyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/scim/v2/Users",
        "//scim//v2/",
        "/scim/v2/Users/2819c223-7f76-453a-919d-413861904646",
        "/Users/%41%2f%2Fb%25zz",
        "/Users/%01%7f%0d%0a",
        "/Users/%c3%a4%e2%82%ac%F0%9F%98%80",
        "/Users;x=y/a;..",
        "/Users/a.b/.c/..d/e..",
        "/Users/'\"<>[]{}|^`#",
      })
  void pathsAreLetIn(String path) {
    assertThat(path(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "**", "scim/v2", "http/x", "localhost:80", "%2f"})
  void targetsThatAreNoPathsAreNot(String path) {
    assertThat(path(path)).isEqualTo(Syntax.NOT_A_PATH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/%", "/%4", "/%zz", "/%4g", "/%g4", "/%u0041", "/a;%zz", "/%%41", "/% 1"})
  void halfEscapesAreNot(String path) {
    assertThat(path(path)).isEqualTo(Syntax.NOT_ENCODED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%00", "/a%00b", "/%5c", "/%5C", "/\\", "/a\\b"})
  void nulAndBackslashAreNot(String path) {
    assertThat(path(path)).isEqualTo(Syntax.NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/\0", "/a b", "/\t", "/\u001f", "/\u007f", "/\u00e4", "/\u00ff"})
  void controlCharactersAndOtherThanAsciiAreNot(String path) {
    assertThat(path(path)).isEqualTo(Syntax.NOT_ASCII);
    assertThat(query(path)).isEqualTo(Syntax.NOT_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.",
        "/..",
        "/...",
        "/a/./b",
        "/../a",
        "/a/..",
        "/%2e",
        "/.%2E/a",
        "/a/..;x/b",
        "/..%3bx",
        "/a%2f..",
        "/..%2fa",
        "/....",
        "/a/;../.."
      })
  void segmentsOfDotsAloneAreNot(String path) {
    assertThat(path(path)).isEqualTo(Syntax.DOT_SEGMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%ff",
        "/%80",
        "/%c3",
        "/%c3a",
        "/%c3/%a4",
        "/%c0%af",
        "/%e4%f6",
        "/%e0%80%80",
        "/%ed%a0%80",
        "/%f0%80%80%80",
        "/%f4%90%80%80",
        "/%f8%88%80%80%80",
        "/%e2%82",
        "/%c3%00"
      })
  void pathsThatAreNotUtf8AreNot(String path) {
    assertThat(path(path)).isEqualTo(Syntax.NOT_UTF_8);
  }

  @Test
  void escapesAreUtf8JustWhenTheDecoderOfTheJdkTakesThem() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] text = almostUtf8(random);
      StringBuilder path = new StringBuilder("/a");
      for (byte b : text) {
        path.append(String.format(Locale.ROOT, "%%%02x", b));
      }
      assertThat(path(path.toString()) == null)
          .as("%s, seed %d", path, seed)
          .isEqualTo(isUtf8(text));
    }
  }

  /** Up to two characters of any length, half of them damaged in one byte. */
  private static byte[] almostUtf8(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(3); n > 0; n--) {
      int most = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
      text.appendCodePoint('a' + random.nextInt(most - 'a'));
    }
    byte[] bytes = text.toString().replace('\\', 'b').getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(0x80));
    }
    return bytes;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "count=1&filter=userName%20eq%20%22a%22", "a=%zz", "??", "a=\"<{|}>\""})
  void queriesOfVisibleAsciiAreLetIn(String query) {
    assertThat(query(query)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "a:",
        "a_b.example~1:65535",
        "127.0.0.1:0",
        "[::1]",
        "[::1]:80",
        "[::ffff:127.0.0.1]",
        "%41.example",
        "LOCALHOST"
      })
  void hostsAreLetIn(String host) {
    assertThat(host(host)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a:b",
        "a:65536",
        "a:123456",
        "a:-1",
        "a:1:2",
        "::1",
        "[::1",
        "[]",
        "[zz]",
        "[::1]x",
        "[::1]80",
        "a b",
        "a/b",
        "a@b",
        "<a>",
        "a\0b",
        "\u00e4",
        "a\\b",
        "a,b:x"
      })
  void otherHostsAreNot(String host) {
    assertThat(host(host)).isEqualTo(Syntax.NOT_A_HOST);
  }

  @ParameterizedTest
  @CsvSource({"xx/a%41yy, 2, 7", "%zz/a%4, 3, 5", "/%zz, 0, 1"})
  void onlyTheRangeCounts(String text, int start, int end) {
    assertThat(Syntax.path(bytes(text), start, end)).isNull();
  }

  private static @Nullable String path(String text) {
    return Syntax.path(bytes(text), 0, text.length());
  }

  private static @Nullable String query(String text) {
    return Syntax.query(bytes(text), 0, text.length());
  }

  private static @Nullable String host(String text) {
    return Syntax.host(bytes(text), 0, text.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
