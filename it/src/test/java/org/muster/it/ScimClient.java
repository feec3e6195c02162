package org.muster.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A SCIM client that hides nothing: every method gives status, headers and body of the answer,
 * whatever it is. Immutable; {@link #with}, {@link #as} and {@link #at} give changed copies.
 */
public final class ScimClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final String SCIM_JSON = "application/scim+json";

  private final URI base;
  private final Map<String, String> headers;

  /** A client below {@code base}, such as http://127.0.0.1:8080/scim/v2, with a bearer token. */
  public ScimClient(URI base, String token) {
    this(base, Map.of("Authorization", "Bearer " + token));
  }

  private ScimClient(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  /** The same client with one more header, or another value of it. */
  public ScimClient with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ScimClient(base, more);
  }

  /** The same client without a header, such as Authorization. */
  public ScimClient without(String header) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new ScimClient(base, fewer);
  }

  /** The same client with another token. */
  public ScimClient as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same client below another path of the server, such as /t/acme/scim/v2 or nothing. */
  public ScimClient at(String path) {
    return new ScimClient(base.resolve(path.isEmpty() ? "/" : path), headers);
  }

  public ScimResponse get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public ScimResponse delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public ScimResponse post(String path, String json) {
    return sendJson("POST", path, json);
  }

  public ScimResponse post(String path, JsonNode json) {
    return post(path, json.toString());
  }

  public ScimResponse put(String path, String json) {
    return sendJson("PUT", path, json);
  }

  public ScimResponse put(String path, JsonNode json) {
    return put(path, json.toString());
  }

  public ScimResponse patch(String path, String json) {
    return sendJson("PATCH", path, json);
  }

  /** PATCH with these operations, the inside of the array {@code Operations}. */
  public ScimResponse patchOperations(String path, String operations) {
    return patch(
        path,
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}
        """
            .formatted(operations));
  }

  /** Any method with a JSON body, as application/scim+json unless {@link #with} says otherwise. */
  public ScimResponse sendJson(String method, String path, String json) {
    ScimClient typed = headers.containsKey("Content-Type") ? this : with("Content-Type", SCIM_JSON);
    return typed.send(method, path, BodyPublishers.ofString(json));
  }

  /** Any method with any body. */
  public ScimResponse send(String method, String path, HttpRequest.BodyPublisher body) {
    String prefix = base.toString().replaceFirst("/$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(prefix + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new ScimResponse(
          response.statusCode(),
          response.headers(),
          response.body() == null ? "" : response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
