package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 section 3.12 and hostile input: every error is a SCIM error, and nothing changes. */
class ErrorsIT extends Protocol {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Nonsense",
        "/Users/a/b",
        "/Users/a%2Fb",
        "/users",
        "/Users/x/members",
        "/Groups/x/members"
      })
  void unknownPathsAreNotFound(String path) {
    Answer answer = get(path);
    assertScimError(answer, 404, "");
  }

  @Test
  void otherMethodsAreNotAllowed() {
    assertScimError(send("POST", "/Users/x", "{}"), 405, "");
    assertScimError(send("DELETE", "/Users", ""), 405, "");
    assertScimError(send("PUT", "/Users", "{}"), 405, "");
    assertScimError(send("POST", "/Schemas", "{}"), 405, "");
    assertScimError(send("DELETE", "/ServiceProviderConfig", ""), 405, "");
  }

  @Test
  void otherMediaTypesAreRefused() {
    assertScimError(send("POST", "/Users", "<a/>", "Content-Type", "application/xml"), 415, "");
    assertScimError(send("GET", "/Users", "", "Accept", "text/html"), 406, "");
  }

  @Test
  void bothMediaTypesWithAnyCharsetAreTaken() {
    for (String type :
        List.of(
            "application/scim+json",
            "application/json",
            "application/json; charset=utf-8",
            "application/scim+json;charset=UTF-8")) {
      String body = "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, unique("type"));
      Answer answer = send("POST", "/Users", body, "Content-Type", type, "Accept", type);
      assertThat(answer.status()).as(type).isEqualTo(201);
      assertThat(answer.contentType()).isEqualTo("application/scim+json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"text\"",
        "null",
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"a\",}",
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"a\"} trailing",
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"a\",\"userName\":\"b\"}",
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"a\",\"USERNAME\":\"b\"}",
        "{'schemas':[]}",
      })
  void malformedJsonIsInvalidSyntax(String body) {
    assertScimError(post("/Users", body), 400, "invalidSyntax");
  }

  @Test
  void malformedJsonNamesLineAndColumn() {
    Answer answer = post("/Users", "{\n  \"userName\": oops\n}");
    assertScimError(answer, 400, "invalidSyntax");
    assertThat(answer.text("/detail")).contains("line 2").contains("column");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"userName\":5}",
        "{\"userName\":[\"a\"]}",
        "{\"userName\":{\"a\":1}}",
        "{\"userName\":true}",
        "{\"userName\":\"\"}",
        "{\"userName\":\"a\\u0000b\"}",
        "{\"userName\":\"a\\ud800b\"}",
        "{\"userName\":\"a\",\"active\":\"yes\"}",
        "{\"userName\":\"a\",\"emails\":\"a@example.com\"}",
        "{\"userName\":\"a\",\"emails\":{\"value\":\"a@example.com\"}}",
        "{\"userName\":\"a\",\"emails\":[5]}",
        "{\"userName\":\"a\",\"name\":\"Ann\"}",
        "{\"userName\":\"a\",\"name\":[{\"givenName\":\"Ann\"}]}",
        "{\"userName\":\"a\",\"x509Certificates\":[{\"value\":\"not base64!\"}]}",
        "{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":5}",
      })
  void wrongTypesAreInvalidValue(String attributes) {
    String body = "{\"schemas\":[\"" + USER + "\"]," + attributes.substring(1);
    assertScimError(post("/Users", body), 400, "invalidValue");
  }

  @Test
  void deepJsonIsRefused() {
    String body =
        "{\"schemas\":[\""
            + USER
            + "\"],\"userName\":"
            + "[".repeat(10_000)
            + "]".repeat(10_000)
            + "}";
    assertScimError(post("/Users", body), 400, "invalidSyntax");
    assertScimError(
        post("/Users", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), 400, "invalidSyntax");
  }

  @Test
  void hugeBodyIsRefusedWithoutReadingItAll() throws IOException {
    URI url = URI.create(scimUrl());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /scim/v2/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + token()
                  + "\r\nContent-Type: application/scim+json\r\nContent-Length: 104857600\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < 1_600; i++) {
          out.write(chunk);
          if (socket.getInputStream().available() > 0) {
            break;
          }
        }
      } catch (IOException closedByTheServer) {
        // it may close before all is sent; the answer is there or the connection is gone
      }
      assertThat(firstLine(socket)).contains(" 413 ");
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != -1 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void bodyThatIsNotUtf8IsInvalidSyntax() {
    byte[] body =
        ("{\"schemas\":[\"" + USER + "\"],\"userName\":\"\u00e4\u00f6\"}")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertScimError(sendBytes("POST", "/Users", body), 400, "invalidSyntax");
  }

  @Test
  void unknownSchemaIsInvalid() {
    String name = unique("schema");
    Answer answer =
        post(
            "/Users",
            "{\"schemas\":[\"%s\",\"urn:example:unknown\"],\"userName\":\"%s\"}"
                .formatted(USER, name));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(post("/Users", "{\"userName\":\"" + name + "\"}").status()).isEqualTo(400);
    assertThat(filter("/Users", "userName eq \"" + name + "\"").number("/totalResults")).isZero();
  }

  @Test
  void requestWithoutCredentialIsUnauthorized() {
    for (String credential :
        List.of("", "Bearer", "Bearer nonsense", "Basic YTpi", "Bearer mst_x")) {
      Answer answer = sendAs(credential, "GET", "/Users", "");
      assertScimError(answer, 401, "");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }
  }
}
