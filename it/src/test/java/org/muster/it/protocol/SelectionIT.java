package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 sections 3.4.2.5, 3.9 and 3.10: choosing attributes of every answer with a body. */
class SelectionIT extends Protocol {
  private static final String TAG = unique("sel");
  private static String id = "";

  private static String body(String name) {
    return """
    {"schemas":["%1$s","%2$s"],"userName":"%3$s","title":"T","active":true,"password":"s3cret-pw",
     "name":{"givenName":"G","familyName":"F"},
     "emails":[{"value":"a@example.com","type":"work"}],
     "%2$s":{"division":"D","department":"E"}}"""
        .formatted(USER, ENTERPRISE, name);
  }

  private static String person() {
    if (id.isEmpty()) {
      Answer created = post("/Users", body(TAG));
      assertThat(created.status()).as(created.body()).isEqualTo(201);
      id = created.text("/id");
    }
    return id;
  }

  private static List<String> paths(JsonNode json) {
    List<String> paths = new java.util.ArrayList<>();
    for (var field : json.properties()) {
      JsonNode value = field.getValue().isArray() ? field.getValue().get(0) : field.getValue();
      String name = field.getKey().replace(ENTERPRISE, "E");
      if (value.isObject() && !name.equals("meta")) {
        value.fieldNames().forEachRemaining(sub -> paths.add(name + "." + sub));
      } else {
        paths.add(name);
      }
    }
    return paths;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attributes=userName                     | userName
          attributes=USERNAME                     | userName
          attributes=title,name.givenName         | title name.givenName
          attributes=name                         | name.givenName name.familyName
          attributes=emails.type                  | emails.type
          attributes=urn:ietf:params:scim:schemas:core:2.0:User:title | title
          attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division | E.division
          attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | E.division E.department
          attributes=division                     |
          attributes=meta                         | meta
          attributes=password                     |
          attributes=id                           |
          attributes=title&attributes=active      | title active
          excludedAttributes=id,schemas,meta,name,emails,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,active | userName title
          excludedAttributes=meta,userName,title,active,emails.value,name.givenName,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division | name.familyName emails.type E.department
          """)
  void selectionShowsWhatIsAskedForAndTheMinimum(String query, String expected) {
    Answer answer = get("/Users/" + person() + "?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> wanted = new java.util.ArrayList<>(List.of("schemas", "id"));
    if (expected != null) {
      wanted.addAll(List.of(expected.split(" ")));
    }
    assertThat(paths(answer.json())).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void everyOperationThatReturnsAResourceTakesASelection() {
    String name = unique("every");
    Answer created = post("/Users?attributes=title", body(name));
    assertThat(created.status()).isEqualTo(201);
    assertThat(paths(created.json())).containsExactlyInAnyOrder("schemas", "id", "title");
    String path = "/Users/" + created.text("/id");
    Answer put =
        put(path + "?excludedAttributes=title,name,emails,active," + ENTERPRISE, body(name));
    assertThat(put.status()).isEqualTo(200);
    assertThat(paths(put.json())).containsExactlyInAnyOrder("schemas", "id", "userName", "meta");
    Answer patched =
        patch(
            path + "?excludedAttributes=meta,name,emails," + ENTERPRISE,
            patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"U\"}"));
    assertThat(patched.status()).isEqualTo(200);
    assertThat(paths(patched.json()))
        .containsExactlyInAnyOrder("schemas", "id", "userName", "title", "active");
    Answer list = get("/Users?attributes=title&filter=" + encode("userName eq \"" + name + "\""));
    assertThat(paths(list.at("/Resources/0"))).containsExactlyInAnyOrder("schemas", "id", "title");
    Answer search =
        post(
            "/Users/.search",
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
             "filter":"userName eq \\"%s\\"","excludedAttributes":["id","meta","name","emails","%s:division"]}"""
                .formatted(name, ENTERPRISE));
    assertThat(paths(search.at("/Resources/0")))
        .containsExactlyInAnyOrder("schemas", "id", "userName", "title", "active", "E.department");
  }

  @Test
  void attributesAndExcludedAttributesTogetherAreRefused() {
    assertScimError(
        get("/Users/" + person() + "?attributes=title&excludedAttributes=name"),
        400,
        "invalidValue");
  }
}
