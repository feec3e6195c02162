package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 sections 2 to 4: what a representation holds, and what makes no difference in it. */
class RepresentationIT extends Protocol {
  private static String person(String more) {
    return "{\"schemas\":[\"%s\"],\"userName\":\"%s\"%s}".formatted(USER, unique("rep"), more);
  }

  private static Answer created(String body) {
    Answer answer = post("/Users", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer;
  }

  @Test
  void schemasAreListedOnceWhateverTheirOrderAndNumberInTheRequest() {
    Answer answer =
        created(
            "{\"userName\":\"%s\",\"%2$s\":{\"division\":\"d\"},\"schemas\":[\"%2$s\",\"%3$s\",\"%3$s\"]}"
                .formatted(unique("sch"), ENTERPRISE, USER));
    assertThat(answer.json().get("schemas"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(USER, ENTERPRISE);
  }

  @Test
  void extensionThatIsNamedAndHasNoDataIsNotListed() {
    Answer answer =
        created(
            "{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s\"}"
                .formatted(USER, ENTERPRISE, unique("sch")));
    assertThat(answer.json().get("schemas")).extracting(JsonNode::asText).containsExactly(USER);
  }

  @Test
  void everyKindOfRepresentationNamesItsSchema() {
    String id = created(person("")).text("/id");
    assertThat(get("/Users/" + id).text("/schemas/0")).isEqualTo(USER);
    assertThat(get("/Users/" + id + "?attributes=userName").text("/schemas/0")).isEqualTo(USER);
    assertThat(get("/Users?count=0").text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(get("/Users/nobody").text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    for (String name : List.of("ServiceProviderConfig", "ResourceType", "Schema")) {
      String path =
          switch (name) {
            case "ResourceType" -> "/ResourceTypes/User";
            case "Schema" -> "/Schemas/" + USER;
            default -> "/" + name;
          };
      assertThat(get(path).text("/schemas/0"))
          .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:" + name);
    }
  }

  @Test
  void idIsUniqueStableAndNeverABulkId() {
    Answer one = created(person(""));
    Answer two = created(person(",\"id\":\"bulkId:qwerty\""));
    assertThat(one.text("/id"))
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        .isNotEqualTo(two.text("/id"));
    assertThat(two.body()).doesNotContain("bulkId");
    patch(
        "/Users/" + one.text("/id"),
        patchBody("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}"));
    assertThat(get("/Users/" + one.text("/id")).text("/id")).isEqualTo(one.text("/id"));
    assertThat(createGroup(unique("g"))).isNotIn(one.text("/id"), two.text("/id"));
  }

  @Test
  void externalIdIsTheClientsAlone() {
    assertThat(created(person("")).json().has("externalId")).isFalse();
    String external = unique("EXT");
    assertThat(created(person(",\"externalId\":\"" + external + "\"")).text("/externalId"))
        .isEqualTo(external);
    assertThat(created(person(",\"externalId\":\"" + external + "\"")).text("/externalId"))
        .isEqualTo(external);
  }

  @Test
  void metaIsTheServersAndHasAllItsMembers() {
    Answer answer =
        created(
            person(
                ",\"meta\":{\"created\":\"1999-01-01T00:00:00Z\",\"location\":\"x\",\"version\":\"x\"}"));
    JsonNode meta = answer.json().get("meta");
    assertThat(meta.get("created").asText())
        .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(meta.get("lastModified")).isEqualTo(meta.get("created"));
    assertThat(meta.get("resourceType").asText()).isEqualTo("User");
    assertThat(meta.get("version").asText()).startsWith("W/\"").isEqualTo(answer.header("ETag"));
    assertThat(meta.get("location").asText()).isEqualTo(scimUrl() + "/Users/" + answer.text("/id"));
  }

  @Test
  void contentLocationIsTheLocationOfTheResource() {
    Answer created = created(person(""));
    String location = created.text("/meta/location");
    String path = "/Users/" + created.text("/id");
    assertThat(created.header("Content-Location")).isEqualTo(location);
    assertThat(get(path).header("Content-Location")).isEqualTo(location);
    assertThat(send("HEAD", path, "").header("Content-Location")).isEqualTo(location);
    assertThat(put(path, created.body()).header("Content-Location")).isEqualTo(location);
    assertThat(
            patch(
                    path + "?attributes=title",
                    patchBody("{\"op\":\"add\",\"path\":\"title\",\"value\":\"T\"}"))
                .header("Content-Location"))
        .isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"title\":null,\"emails\":[],\"name\":null",
        ",\"emails\":null,\"name\":{}",
        ",\"emails\":[{}],\"name\":{\"givenName\":null}",
      })
  void nullEmptyAndAbsentAreTheSame(String unassigned) {
    Answer answer = created(person(unassigned));
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("schemas", "id", "userName", "meta");
    Answer again = put("/Users/" + answer.text("/id"), answer.body());
    assertThat(again.json()).isEqualTo(answer.json());
    String id = " and id eq \"" + answer.text("/id") + "\"";
    assertThat(ids(filter("/Users", "not (emails pr or name pr or title pr)" + id))).hasSize(1);
  }

  @Test
  void textIsKeptAsItIs() {
    Answer answer =
        created(
            person(
                ",\"locale\":\"en_US\",\"externalId\":\"MiXed\",\"title\":\"MiXed ß ｗ\""
                    + ",\"addresses\":[{\"formatted\":\"1 Street\\nTown\",\"streetAddress\":\"1\\nStreet\","
                    + "\"country\":\"SE\"}]"));
    Answer read = get("/Users/" + answer.text("/id"));
    assertThat(read.text("/locale")).isEqualTo("en_US");
    assertThat(read.text("/externalId")).isEqualTo("MiXed");
    assertThat(read.text("/title")).isEqualTo("MiXed ß ｗ");
    assertThat(read.text("/addresses/0/formatted")).isEqualTo("1 Street\nTown");
    assertThat(read.text("/addresses/0/streetAddress")).isEqualTo("1\nStreet");
  }

  @Test
  void valueIsKeptOncePerTypeAndMayHaveSeveralTypes() {
    String email = "{\"value\":\"a@example.com\",\"type\":\"%s\"}";
    Answer answer =
        created(
            person(
                ",\"emails\":[%s,%s,%s]"
                    .formatted(
                        email.formatted("work"),
                        email.formatted("home"),
                        email.formatted("work"))));
    assertThat(answer.json().get("emails"))
        .extracting(mail -> mail.get("type").asText())
        .containsExactly("work", "home");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emails",
        "phoneNumbers",
        "ims",
        "photos",
        "addresses",
        "entitlements",
        "roles",
        "x509Certificates"
      })
  void oneValueAtMostIsPrimary(String attribute) {
    String member = attribute.equals("addresses") ? "country" : "value";
    String value = "{\"%s\":\"%s\",\"primary\":%s}";
    String both =
        person(
            ",\"%s\":[%s,%s]"
                .formatted(
                    attribute,
                    value.formatted(member, "AAAA", true),
                    value.formatted(member, "BBBB", "%s")));
    assertScimError(post("/Users", both.formatted(true)), 400, "invalidValue");
    assertThat(created(both.formatted(false)).json().get(attribute)).hasSize(2);
  }

  @Test
  void valueWithoutPrimaryIsNotPrimary() {
    Answer answer = created(person(",\"emails\":[{\"value\":\"a@example.com\"}]"));
    String own = " and id eq \"" + answer.text("/id") + "\"";
    assertThat(ids(filter("/Users", "not (emails[primary eq true])" + own))).hasSize(1);
  }

  @Test
  void otherCanonicalValuesAndNamesInOtherCaseAreTaken() {
    Answer answer =
        created(
            person(
                ",\"EMAILS\":[{\"Value\":\"a@example.com\",\"TYPE\":\"carrier pigeon\"}],"
                    + "\"phoneNumbers\":[{\"value\":\"any 1\",\"type\":\"satellite\"}],"
                    + "\"ims\":[{\"value\":\"x\",\"type\":\"newest\"}]"));
    assertThat(answer.text("/emails/0/type")).isEqualTo("carrier pigeon");
    assertThat(answer.text("/phoneNumbers/0/type")).isEqualTo("satellite");
    assertThat(answer.text("/ims/0/type")).isEqualTo("newest");
  }

  @Test
  void referencesLeadToWhatTheyName() {
    String boss = createUser(unique("boss"));
    String user =
        created(
                "{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s\",\"%s\":{\"manager\":{\"value\":\"%s\"}}}"
                    .formatted(USER, ENTERPRISE, unique("ref"), ENTERPRISE, boss))
            .text("/id");
    String group = createGroup(unique("ref"), user);
    JsonNode read = get("/Users/" + user).json();
    assertLeadsTo(read.get(ENTERPRISE).get("manager"), boss);
    assertLeadsTo(read.get("groups").get(0), group);
    assertLeadsTo(get("/Groups/" + group).at("/members/0"), user);
  }

  private static void assertLeadsTo(JsonNode link, String id) {
    assertThat(link.get("value").asText()).isEqualTo(id);
    String url = link.get("$ref").asText();
    assertThat(URI.create(url).isAbsolute()).isTrue();
    Answer target = sendTo(url, "Bearer " + token(), "GET", "");
    assertThat(target.status()).isEqualTo(200);
    assertThat(target.text("/id")).isEqualTo(id);
  }

  @Test
  void groupsOfAUserChangeThroughTheGroupAlone() {
    String user = createUser(unique("grp"));
    String group = createGroup(unique("grp"), user);
    String path = "/Users/" + user;
    assertThat(get(path).text("/groups/0/type")).isEqualTo("direct");
    Answer put =
        put(
            path,
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"groups\":[]}"
                .formatted(USER, get(path).text("/userName")));
    assertThat(put.text("/groups/0/value")).isEqualTo(group);
    assertScimError(
        patch(path, patchBody("{\"op\":\"remove\",\"path\":\"groups\"}")), 400, "mutability");
    patch("/Groups/" + group, patchBody("{\"op\":\"remove\",\"path\":\"members\"}"));
    assertThat(get(path).json().has("groups")).isFalse();
  }

  @Test
  void displayNameOfAGroupIsRequiredAndItsMembersAreNot() {
    assertScimError(
        post("/Groups", "{\"schemas\":[\"%s\"]}".formatted(GROUP)), 400, "invalidValue");
    Answer empty = post("/Groups", "{\"schemas\":[\"%s\"],\"displayName\":\"e\"}".formatted(GROUP));
    assertThat(empty.status()).isEqualTo(201);
    assertThat(empty.json().has("members")).isFalse();
  }
}
