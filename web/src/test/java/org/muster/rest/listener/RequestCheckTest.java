package org.muster.rest.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.rest.error.Failure;

/** Which requests the server shall not try to serve. */
class RequestCheckTest {

  @Test
  void plainRequestIsServed() {
    HttpRequestPacket request = request();
    request.addHeader("Authorization", "Bearer x");
    request.addHeader("Accept", "application/scim+json");
    assertThat(RequestCheck.refusal(request)).isNull();
  }

  @Test
  void chunkedBodyIsServed() {
    HttpRequestPacket request = request();
    add(request, "Transfer-Encoding", "Chunked");
    assertThat(RequestCheck.refusal(request)).isNull();
  }

  @Test
  void requestWithoutHostIsServedAsOfOldProtocols() {
    HttpRequestPacket request =
        HttpRequestPacket.builder().method("GET").uri("/").protocol(Protocol.HTTP_1_0).build();
    assertThat(RequestCheck.refusal(request)).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_0", "HTTP_1_1"},
      mode = EnumSource.Mode.EXCLUDE)
  void otherProtocolsAreRefused(Protocol protocol) {
    HttpRequestPacket request = request();
    request.setProtocol(protocol);
    assertThat(refusal(request).status()).isEqualTo(505);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%00", "/a/../b", "x"})
  void malformedPathIsRefused(String path) {
    HttpRequestPacket request = request();
    request.setRequestURI(path);
    assertThat(refusal(request).status()).isEqualTo(400);
  }

  @Test
  void pathThatCameInPiecesIsReadAsWell() {
    HttpRequestPacket request = request();
    byte[] path = "/Users/%zz".getBytes(StandardCharsets.US_ASCII);
    request.getRequestURIRef().init(Buffers.wrap(null, path), 0, path.length);
    assertThat(refusal(request).detail()).isEqualTo(Syntax.NOT_ENCODED);
    request.getRequestURIRef().init(Buffers.wrap(null, path), 0, 7);
    assertThat(RequestCheck.refusal(request)).isNull();
  }

  @Test
  void malformedQueryIsRefused() {
    HttpRequestPacket request = request();
    request.getQueryStringDC().setString("a=\u0001");
    assertThat(refusal(request).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "Host, b.example, 400",
    "Transfer-Encoding, gzip, 501",
    "Transfer-Encoding, 'gzip, chunked', 501",
    "Transfer-Encoding, chunkedx, 501",
    "Expect, all, 417",
  })
  void headersThatTheServerWouldMisreadAreRefused(String name, String value, int status) {
    HttpRequestPacket request = request();
    add(request, name, value);
    assertThat(refusal(request).status()).isEqualTo(status);
  }

  @Test
  void secondTransferCodingIsRefused() {
    HttpRequestPacket request = request();
    add(request, "Transfer-Encoding", "chunked");
    add(request, "Transfer-Encoding", "chunked");
    assertThat(refusal(request).status()).isEqualTo(501);
  }

  @Test
  void continueIsAwaited() {
    HttpRequestPacket request = request();
    request.addHeader("Expect", "100-continue");
    assertThat(RequestCheck.refusal(request)).isNull();
  }

  /** As the parser does it; the packet's own methods act on what they add. */
  private static void add(HttpRequestPacket request, String name, String value) {
    request.getHeaders().addValue(name).setString(value);
  }

  private static Failure refusal(HttpRequestPacket request) {
    Failure failure = RequestCheck.refusal(request);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static HttpRequestPacket request() {
    HttpRequestPacket request =
        HttpRequestPacket.builder()
            .method("GET")
            .uri("/scim/v2/Users")
            .query("count=1")
            .protocol(Protocol.HTTP_1_1)
            .build();
    request.addHeader("Host", "localhost:8080");
    return request;
  }
}
