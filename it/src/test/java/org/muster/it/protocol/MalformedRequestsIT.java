package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no request that HTTP knows (RFC 9112), and so never reaches the application: answered all
 * the same as RFC 7644 section 3.12 has it, with nothing changed and nothing in the log.
 */
class MalformedRequestsIT extends Protocol {
  private static final String USERS = "/scim/v2/Users";
  private static final String SCIM_JSON = "application/scim+json";
  private static final String BODY = "{\"schemas\":[\"" + USER + "\"],\"userName\":\"%s\"}";

  static final List<String> TARGETS =
      List.of(
          USERS + "/%00",
          USERS + "/a\0b",
          USERS + "/%5C",
          USERS + "/\\",
          USERS + "/%zz",
          USERS + "/%",
          USERS + "/%4",
          USERS + "/%u0041",
          USERS + ";%zz",
          USERS + "/%ff",
          USERS + "/%c0%af",
          USERS + "/%ed%a0%80",
          USERS + "/\u00ff",
          USERS + "/\u0001",
          USERS + "/../Groups",
          USERS + "/%2e%2e/Groups",
          USERS + "/..;a/Groups",
          USERS + "/..%2F..%2Fadmin",
          USERS + "/...",
          "/scim/../../etc/passwd",
          USERS + "?count=\u0001",
          USERS + "?count=1\0",
          USERS + "?filter=\u00e4",
          "http://localhost" + USERS + "/%zz");

  /** A status and what is said for it. */
  record Said(int status, String text) {
    @Override
    public String toString() {
      String line = text.replace("Authorization: Bearer " + token(), "").replace("\r\n", " ");
      return status + " " + line.substring(0, Math.min(line.length(), 120));
    }
  }

  static final List<Said> REQUESTS =
      List.of(
          new Said(414, getting(USERS + "/" + "a".repeat(17_000), "")),
          new Said(431, getting(USERS, "X-A: " + "a".repeat(17_000) + "\r\n")),
          new Said(431, getting(USERS, "X-A: a\r\n".repeat(150))),
          new Said(505, "GET " + USERS + " HTTP/9.9\r\nHost: x\r\n\r\n"),
          new Said(505, "GET " + USERS + " HTTP/2.0\r\nHost: x\r\n\r\n"),
          new Said(505, "GET " + USERS + " nonsense\r\nHost: x\r\n\r\n"),
          new Said(505, "GET " + USERS + "/a b HTTP/1.1\r\nHost: x\r\n\r\n"),
          new Said(505, "GET " + USERS + "\r\n\r\n"),
          new Said(400, "GET " + USERS + " HTTP/1.1\r\n\r\n"),
          new Said(400, getting(USERS, "Host: other\r\n")),
          new Said(400, "GET " + USERS + " HTTP/1.1\r\nHost:\r\n\r\n"),
          new Said(400, "GET " + USERS + " HTTP/1.1\r\nHost: a b/<c>:x\r\n\r\n"),
          new Said(400, "GET " + USERS + " HTTP/1.1\r\nHost: a:99999\r\n\r\n"),
          new Said(400, getting(USERS, "X A: b\r\n")),
          new Said(400, getting(USERS, "X-A: \0\r\n")),
          new Said(400, getting(USERS, ": b\r\n")),
          new Said(400, getting(USERS, "Content-Length: 5\r\n") + "hello"),
          new Said(406, getting(USERS, "Accept: ;;;///\r\n")),
          new Said(415, posting("Content-Length: 2\r\n", "{}").replace(SCIM_JSON, ";;/=")),
          new Said(400, posting("Content-Length: abc\r\n", "{}")),
          new Said(400, posting("Content-Length: -5\r\n", "{}")),
          new Said(400, posting("Content-Length: 99999999999999999999\r\n", "{}")),
          new Said(400, posting("Content-Length: 1\r\nContent-Length: 2\r\n", "{}")),
          new Said(400, posting("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "{}")),
          new Said(501, posting("Transfer-Encoding: gzip\r\n", "{}")),
          new Said(501, posting("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
          new Said(501, posting("Transfer-Encoding: chunkedx\r\n", "0\r\n\r\n")),
          new Said(400, posting("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")),
          new Said(400, posting("Transfer-Encoding: chunked\r\n", "-1\r\n{}\r\n0\r\n\r\n")),
          new Said(417, posting("Content-Length: 2\r\nExpect: everything\r\n", "")));

  @ParameterizedTest
  @FieldSource("TARGETS")
  void malformedTargetIsAnError(String target) throws IOException {
    assertScimError(say(getting(target, "")), 400, "");
  }

  @ParameterizedTest
  @FieldSource("REQUESTS")
  void malformedRequestIsAnError(Said said) throws IOException {
    assertScimError(say(said.text()), said.status(), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/t/acme/scim/v2/Users/%zz", "/t/%00/scim/v2/Users"})
  void tenantsSeeScimErrorsToo(String target) throws IOException {
    assertScimError(say(getting(target, "")), 400, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%zz",
        "/admin/v1/tokens/%00",
        "/../../etc/passwd",
        "/health/%c0",
        "scim/v2/Users"
      })
  void outsideOfScimItIsAProblem(String target) throws IOException {
    Answer answer = say(getting(target, ""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.number("/status")).isEqualTo(400);
    assertThat(answer.text("/detail")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello world\r\n\r\n",
        "\u0016\u0003\u0001 \u0001\r\n\r\n",
        "CONNECT localhost:80 HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        " \r\n\r\n\r\n"
      })
  void whatIsNotHttpIsRefused(String text) throws IOException {
    Answer answer = say(text);
    assertThat(answer.status()).isBetween(400, 599);
    assertThat(answer.text("/detail")).isNotBlank();
  }

  @Test
  void answerIsNamedAndNotKept() throws IOException {
    Answer answer = say(getting(USERS + "/%zz", "X-Request-Id: mine\r\n"));
    assertThat(answer.header("X-Request-Id")).isEqualTo("mine");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Server")).isEmpty();
  }

  @Test
  void headHasNoBody() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("HEAD " + USERS + "/%zz HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(connection.answerWithoutBody().status()).isEqualTo(400);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void connectionEndsWithTheErrorAndNotBefore() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          getting("/health/live", "") + getting(USERS + "/%zz", "") + getting("/health/live", ""));
      assertThat(connection.answer().status()).isEqualTo(200);
      assertScimError(connection.answer(), 400, "");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void targetMayComeInPieces() throws IOException {
    try (RawConnection connection = connect()) {
      for (String piece : List.of("GET ", USERS + "/%", "z", "z HTTP/1.1\r\nHo", "st: x\r\n\r\n")) {
        connection.send(piece);
        pause();
      }
      assertScimError(connection.answer(), 400, "");
    }
  }

  @Test
  void bodyMayBreakLater() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(posting("Transfer-Encoding: chunked\r\n", "5\r\n{\"sch\r\n"));
      pause();
      connection.send("zz\r\n");
      assertScimError(connection.answer(), 400, "");
    }
  }

  @Test
  void nothingIsChanged() throws IOException {
    String name = unique("malformed");
    String body = BODY.formatted(name);
    say("POST " + USERS + "/%zz HTTP/1.1\r\n" + headers(body) + body);
    say("POST " + USERS + "?a=\u0001 HTTP/1.1\r\n" + headers(body) + body);
    say("POST " + USERS + " HTTP/1.1\r\nHost: other\r\n" + headers(body) + body);
    assertThat(filter("/Users", "userName eq \"" + name + "\"").number("/totalResults")).isZero();
  }

  @Test
  void nothingIsLogged() throws IOException {
    Path log = server().data().resolve("server/logs/server.log");
    long before = Files.size(log);
    for (String text : Stream.concat(targets(), REQUESTS.stream().map(Said::text)).toList()) {
      say(text);
    }
    bodyMayBreakLater();
    clientGoesAway();
    pause();
    byte[] bytes = Files.readAllBytes(log);
    String logged =
        new String(bytes, (int) before, bytes.length - (int) before, StandardCharsets.UTF_8);
    assertThat(logged).doesNotContain("[SEVERE]", "\tat ");
  }

  private static Stream<String> targets() {
    return TARGETS.stream().map(target -> getting(target, ""));
  }

  private static void clientGoesAway() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(posting("Content-Length: 500\r\n", "{\"schemas\":"));
      pause();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1" + USERS + "?count=0",
        USERS + ";a=b?count=0",
        USERS + ";jsessionid=x?count=0",
        "/scim/v2/%55sers?count=0"
      })
  void unusualButGoodTargetsAreServed(String target) throws IOException {
    assertThat(say(getting(target, "")).status()).isEqualTo(200);
  }

  @Test
  void doubleSlashesAreAnotherPath() throws IOException {
    assertThat(say(getting("//scim/v2/Users", "")).status()).isEqualTo(404);
    assertScimError(say(getting("/scim//v2/Users", "")), 404, "");
  }

  /** Java's client wishes for HTTP/2 with every request to a plain URL. */
  @Test
  void wishForAnotherProtocolIsIgnored() throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    HttpRequest.Builder create =
        HttpRequest.newBuilder(URI.create(scimUrl() + "/Users"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", SCIM_JSON);
    for (int i = 0; i < 3; i++) {
      String body = BODY.formatted(unique("upgrade"));
      HttpResponse<String> response =
          client.send(create.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  private static RawConnection connect() throws IOException {
    return new RawConnection(server().url());
  }

  private static Answer say(String text) throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(text);
      return connection.answer();
    }
  }

  private static String getting(String target, String headers) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
        .formatted(target, token(), headers);
  }

  private static String posting(String headers, String body) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
        .formatted(USERS, token(), "Content-Type: " + SCIM_JSON + "\r\n" + headers, body);
  }

  private static String headers(String body) {
    return "Host: localhost\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(token(), "Content-Type: " + SCIM_JSON + "\r\n", body.length());
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
