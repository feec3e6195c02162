package org.muster.bench.http;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The server under load: where it is, and how a request to it is put into bytes. */
public final class Target {
  private static final byte[] NOTHING = {};

  private final URI base;
  private final InetSocketAddress address;
  private final String token;
  private final String fixedHead;

  /**
   * @param base for instance {@code http://127.0.0.1:8080}, without a path
   * @param token the bearer token
   */
  public Target(URI base, String token) {
    String host = base.getHost();
    if (!"http".equals(base.getScheme()) || host == null) {
      throw new IllegalArgumentException("Not an http:// address: " + base);
    }
    int port = base.getPort() < 0 ? 80 : base.getPort();
    this.base = base;
    this.token = token;
    this.address = new InetSocketAddress(host, port);
    this.fixedHead =
        " HTTP/1.1\r\nHost: "
            + host
            + ":"
            + port
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\nAccept: application/scim+json, application/json;q=0.5, */*;q=0.1\r\n";
  }

  /** The same server, with another bearer token. */
  public Target as(String token) {
    return new Target(base, token);
  }

  /** The URL of a path. */
  public URI uri(String path) {
    return base.resolve(path);
  }

  /** The bearer token. */
  public String token() {
    return token;
  }

  public InetSocketAddress address() {
    return address;
  }

  /**
   * Reads a resource.
   *
   * @param path begins with a slash and is percent-encoded
   */
  public Request get(String path) {
    return new Request(head("GET", path, "\r\n"));
  }

  public Request post(String path, String json) {
    return withBody("POST", path, json);
  }

  public Request put(String path, String json) {
    return withBody("PUT", path, json);
  }

  public Request patch(String path, String json) {
    return withBody("PATCH", path, json);
  }

  private Request withBody(String method, String path, String json) {
    byte[] body = json.isEmpty() ? NOTHING : json.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        head(
            method,
            path,
            "Content-Type: application/scim+json\r\nContent-Length: " + body.length + "\r\n\r\n");
    byte[] bytes = new byte[head.length + body.length];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(body, 0, bytes, head.length, body.length);
    return new Request(bytes);
  }

  private byte[] head(String method, String path, String end) {
    return (method + " " + path + fixedHead + end).getBytes(StandardCharsets.ISO_8859_1);
  }
}
