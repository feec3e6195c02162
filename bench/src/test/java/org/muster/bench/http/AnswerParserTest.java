package org.muster.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerParserTest {
  private static final String COUNTED =
      "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nLOCATION: /a/b\r\n\r\nhello";
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Transfer-Encoding: chunked",
          "",
          "5",
          "hello",
          "A;x=y",
          ", wide wor",
          "2",
          "ld",
          "0",
          "Trailer: x",
          "",
          "");

  private final AnswerParser parser = new AnswerParser();

  @Test
  void readsACountedBodyHoweverItIsCut() throws MalformedAnswerException {
    for (int cut = 0; cut < COUNTED.length(); cut++) {
      Answer answer = parse(COUNTED, cut);

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.header("location")).contains("/a/b");
      assertThat(answer.header("ETag")).isEmpty();
    }
  }

  @Test
  void joinsChunksHoweverTheyAreCut() throws MalformedAnswerException {
    for (int cut = 0; cut < CHUNKED.length(); cut++) {
      assertThat(parse(CHUNKED, cut).body()).isEqualTo("hello, wide world");
    }
  }

  @Test
  void joinsChunksThatComeByteByByte() throws MalformedAnswerException {
    parser.reset();
    for (int i = 0; i < CHUNKED.length() - 1; i++) {
      assertThat(parser.take(bytes(CHUNKED.substring(i, i + 1)))).isFalse();
    }
    assertThat(parser.take(bytes("\n"))).isTrue();
    assertThat(parser.answer(1).body()).isEqualTo("hello, wide world");
  }

  @Test
  void readsABodyLargerThanItsFirstBuffer() throws MalformedAnswerException {
    String body = "x".repeat(100_000);

    Answer answer = parse("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body, 70_000);

    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void noContentHasNoBody() throws MalformedAnswerException {
    Answer answer = parse("HTTP/1.1 204 No Content\r\nETag: W/\"1\"\r\n\r\n", 3);

    assertThat(answer.ok()).isTrue();
    assertThat(answer.bodyBytes()).isZero();
  }

  @Test
  void connectionHeaderSaysWhetherItIsKept() throws MalformedAnswerException {
    parse("HTTP/1.1 204 No\r\nConnection: Close\r\n\r\n", 1);
    assertThat(parser.keepAlive()).isFalse();

    parse("HTTP/1.1 204 No\r\n\r\n", 1);
    assertThat(parser.keepAlive()).isTrue();

    parse("HTTP/1.0 204 No\r\n\r\n", 1);
    assertThat(parser.keepAlive()).isFalse();
  }

  @Test
  void whatIsNotHttpIsRefused() {
    for (String wrong :
        new String[] {
          "SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n",
          "HTTP/1.1 abc OK\r\nContent-Length: 1\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nContent-Length: x1\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy",
          "HTTP/1.1 200 OK\r\n\r\nx",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
        }) {
      assertThatThrownBy(() -> parse(wrong, wrong.length()))
          .as(wrong)
          .isInstanceOf(MalformedAnswerException.class);
    }
  }

  private Answer parse(String text, int cut) throws MalformedAnswerException {
    parser.reset();
    boolean whole = parser.take(bytes(text.substring(0, cut)));
    if (!whole) {
      assertThat(parser.take(bytes(text.substring(cut)))).isTrue();
    }
    return parser.answer(1);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
