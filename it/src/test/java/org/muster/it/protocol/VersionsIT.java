package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7644 section 3.14: versions of resources. */
class VersionsIT extends Protocol {
  private final String name = unique("etag");
  private final String id = createUser(name);
  private final String body =
      "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"T\"}".formatted(USER, name);

  @Test
  void staleVersionIsRefusedAndChangesNothing() {
    String etag = get("/Users/" + id).header("ETag");
    assertThat(send("PUT", "/Users/" + id, body, "If-Match", etag).status()).isEqualTo(200);
    Answer now = get("/Users/" + id);
    assertScimError(
        send("PUT", "/Users/" + id, body.replace("\"T\"", "\"U\""), "If-Match", etag), 412, "");
    assertScimError(
        send(
            "PATCH",
            "/Users/" + id,
            patchBody("{\"op\":\"remove\",\"path\":\"title\"}"),
            "If-Match",
            etag),
        412,
        "");
    assertScimError(send("DELETE", "/Users/" + id, "", "If-Match", etag), 412, "");
    assertThat(get("/Users/" + id).json()).isEqualTo(now.json());
  }

  @Test
  void starListsAndStrongFormsMatch() {
    String patch = patchBody("{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
    assertThat(send("PATCH", "/Users/" + id, patch, "If-Match", "*").status()).isEqualTo(204);
    String etag = get("/Users/" + id).header("ETag");
    assertThat(
            send("PATCH", "/Users/" + id, patch, "If-Match", "\"1-x\", W/\"nope\" , " + etag)
                .status())
        .isEqualTo(204);
    assertThat(send("PATCH", "/Users/" + id, patch, "If-Match", etag.substring(2)).status())
        .isEqualTo(204);
    assertThat(send("PATCH", "/Users/" + id, patch, "If-Match", "nonsense").status())
        .isEqualTo(400);
  }

  @Test
  void ifNoneMatchGivesNotModified() {
    String etag = get("/Users/" + id).header("ETag");
    Answer same = send("GET", "/Users/" + id, "", "If-None-Match", etag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(etag);
    assertThat(send("GET", "/Users/" + id, "", "If-None-Match", "\"other\"").status())
        .isEqualTo(200);
  }

  @Test
  void newMembershipChangesTheTagButNotWhatIfMatchCompares() {
    String etag = get("/Users/" + id).header("ETag");
    createGroup(unique("g"), id);
    Answer now = get("/Users/" + id);
    assertThat(now.header("ETag")).isNotEqualTo(etag);
    assertThat(send("GET", "/Users/" + id, "", "If-None-Match", etag).status()).isEqualTo(200);
    assertThat(send("PUT", "/Users/" + id, body, "If-Match", etag).status()).isEqualTo(200);
  }
}
