package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.muster.it.ProtocolTest;
import org.muster.it.ScimClient;

/** A client of the server under test, with the words of SCIM. */
abstract class Protocol extends ProtocolTest {
  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String serverUrl() {
    return server().url().toString();
  }

  static String token() {
    return server().token();
  }

  static String scimUrl() {
    return serverUrl() + "/scim/v2";
  }

  static Answer get(String path) {
    return send("GET", path, "");
  }

  static Answer post(String path, String body) {
    return send("POST", path, body);
  }

  static Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  static Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  static Answer filter(String path, String filter) {
    return get(path + "?filter=" + encode(filter));
  }

  static Answer send(String method, String path, String body, String... headers) {
    return sendTo(scimUrl() + path, "Bearer " + token(), method, body, headers);
  }

  static Answer sendAs(String credential, String method, String path, String body) {
    return sendTo(scimUrl() + path, credential, method, body);
  }

  static Answer sendBytes(String method, String path, byte[] body) {
    ScimClient client = server().client().with("Content-Type", "application/scim+json");
    return new Answer(client.send(method, path, BodyPublishers.ofByteArray(body)));
  }

  /** Sends a request to any URL; {@code headers} are names and values in turn. */
  static Answer sendTo(
      String url, String credential, String method, String body, String... headers) {
    ScimClient client = new ScimClient(URI.create(url), "").without("Authorization");
    if (!credential.isEmpty()) {
      client = client.with("Authorization", credential);
    }
    for (int i = 0; i < headers.length; i += 2) {
      client = client.with(headers[i], headers[i + 1]);
    }
    boolean bodyless = body.isEmpty() && !method.equals("POST") && !method.equals("PUT");
    return new Answer(
        bodyless
            ? client.send(method, "", BodyPublishers.noBody())
            : client.sendJson(method, "", body));
  }

  static String createUser(String userName) {
    Answer answer =
        post("/Users", "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, userName));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("/id");
  }

  static String createGroup(String displayName, String... members) {
    List<String> values = new ArrayList<>();
    for (String member : members) {
      values.add("{\"value\":\"" + member + "\"}");
    }
    Answer answer =
        post(
            "/Groups",
            "{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[%s]}"
                .formatted(GROUP, displayName, String.join(",", values)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("/id");
  }

  static List<String> members(String group) {
    List<String> values = new ArrayList<>();
    get("/Groups/" + group)
        .json()
        .path("members")
        .forEach(m -> values.add(m.get("value").asText()));
    return values;
  }

  static List<String> ids(Answer list) {
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    list.json().path("Resources").forEach(r -> ids.add(r.get("id").asText()));
    return ids;
  }

  static String patchBody(String operations) {
    return "{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(PATCH, operations);
  }

  static ObjectNode resource(String file) {
    try (InputStream in = Objects.requireNonNull(Protocol.class.getResourceAsStream(file), file)) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A SCIM error of that status and scimType (empty: none wanted) that shows nothing inside. */
  static void assertScimError(Answer answer, int status, String scimType) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/scim+json");
    assertThat(answer.text("/schemas/0")).isEqualTo(ERROR);
    assertThat(answer.at("/status").isTextual()).isTrue();
    assertThat(answer.text("/status")).isEqualTo(Integer.toString(status));
    if (!scimType.isEmpty()) {
      assertThat(answer.text("/scimType")).as(answer.body()).isEqualTo(scimType);
    }
    assertThat(answer.text("/detail")).isNotBlank();
    assertThat(answer.body())
        .doesNotContainPattern(
            "(?i)exception|org\\.muster|java\\.|jackson|select |insert |\\bat \\w+\\.");
  }
}
