package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RFC 7644 section 3.7: bulk, with the RFC's own examples. */
class BulkIT extends Protocol {
  private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  static String request(String head, String... operations) {
    return "{\"schemas\":[\"%s\"],%s\"Operations\":[%s]}"
        .formatted(BULK, head, String.join(",", operations));
  }

  static Answer bulk(String... operations) {
    Answer answer = post("/Bulk", request("", operations));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  static String newUser(String bulkId, String userName) {
    return """
    {"method":"POST","path":"/Users","bulkId":"%s","data":{"schemas":["%s"],"userName":"%s"}}"""
        .formatted(bulkId, USER, userName);
  }

  static String newGroup(String bulkId, String name, String... members) {
    String values =
        List.of(members).stream()
            .map(member -> "{\"type\":\"Group\",\"value\":\"" + member + "\"}")
            .map(member -> member.replace("\"type\":\"Group\",", ""))
            .collect(Collectors.joining(","));
    return """
    {"method":"POST","path":"/Groups","bulkId":"%s",
     "data":{"schemas":["%s"],"displayName":"%s","members":[%s]}}"""
        .formatted(bulkId, GROUP, name, values);
  }

  static List<String> statuses(Answer answer) {
    List<String> statuses = new ArrayList<>();
    answer.at("/Operations").forEach(result -> statuses.add(result.get("status").textValue()));
    return statuses;
  }

  static String id(Answer answer, int number) {
    String location = answer.text("/Operations/" + number + "/location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static int count(String filter) {
    return filter("/Users", filter).number("/totalResults");
  }

  /** Section 3.7.1: two groups that are members of each other. */
  @Test
  void exampleOfCircularReferences() {
    String a = unique("Group A");
    String b = unique("Group B");
    Answer answer =
        bulk(newGroup("qwerty", a, "bulkId:ytrewq"), newGroup("ytrewq", b, "bulkId:qwerty"));
    assertThat(statuses(answer)).containsExactly("201", "201");
    Answer first = get("/Groups/" + id(answer, 0));
    assertThat(first.text("/displayName")).isEqualTo(a);
    assertThat(first.text("/members/0/value")).isEqualTo(id(answer, 1));
    assertThat(first.text("/members/0/display")).isEqualTo(b);
    assertThat(members(id(answer, 1))).containsExactly(id(answer, 0));
  }

  /** Section 3.7.2: a user and the group that it is a member of. */
  @Test
  void exampleOfATemporaryIdentifier() {
    Answer answer =
        bulk(
            newUser("qwerty", unique("Alice")),
            newGroup("ytrewq", unique("Tour Guides"), "bulkId:qwerty"));
    JsonNode result = answer.at("/Operations/0");
    assertThat(answer.text("/schemas/0"))
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:BulkResponse");
    assertThat(answer.contentType()).isEqualTo("application/scim+json");
    assertThat(result.get("location").asText()).isEqualTo(scimUrl() + "/Users/" + id(answer, 0));
    assertThat(result.get("method").asText()).isEqualTo("POST");
    assertThat(result.get("bulkId").asText()).isEqualTo("qwerty");
    assertThat(result.get("version").asText()).startsWith("W/\"");
    assertThat(result.get("status").asText()).isEqualTo("201");
    Answer group = get("/Groups/" + id(answer, 1));
    assertThat(group.text("/members/0/value")).isEqualTo(id(answer, 0));
    assertThat(group.text("/members/0/type")).isEqualTo("User");
    assertThat(group.text("/meta/version")).isEqualTo(answer.text("/Operations/1/version"));
  }

  /** Section 3.7.2: a manager, in the enterprise extension. */
  @Test
  void exampleOfAReferenceInAnExtension() {
    String manager = "\"%s\":{\"manager\":{\"value\":\"bulkId:qwerty\"}},".formatted(ENTERPRISE);
    Answer answer =
        bulk(
            newUser("ytrewq", unique("Bob")).replace("\"userName\"", manager + "\"userName\""),
            newUser("qwerty", unique("Alice")));
    assertThat(statuses(answer)).containsExactly("201", "201");
    Answer bob = get("/Users/" + id(answer, 0));
    assertThat(bob.text("/" + ENTERPRISE + "/manager/value")).isEqualTo(id(answer, 1));
  }

  /** Section 3.7.3: one operation of each method. */
  @Test
  void exampleOfEveryMethod() {
    String bob = createUser(unique("Bob"));
    String dave = createUser(unique("Dave"));
    String gone = createUser(unique("gone"));
    String renamed = unique("Bob2");
    Answer answer =
        post(
            "/Bulk",
            request(
                "\"failOnErrors\":1,",
                newUser("qwerty", unique("Alice")),
                """
                {"method":"PUT","path":"/Users/%s","version":%s,
                 "data":{"schemas":["%s"],"id":"%s","userName":"%s"}}"""
                    .formatted(
                        bob,
                        quoted(get("/Users/" + bob).text("/meta/version")),
                        USER,
                        bob,
                        renamed),
                """
                {"method":"PATCH","path":"/Users/%s","version":%s,
                 "data":{"schemas":["%s"],"Operations":[
                   {"op":"remove","path":"nickName"},
                   {"op":"add","path":"userType","value":"Employee"}]}}"""
                    .formatted(dave, quoted(get("/Users/" + dave).text("/meta/version")), PATCH),
                """
                {"method":"DELETE","path":"/Users/%s","version":%s}"""
                    .formatted(gone, quoted(get("/Users/" + gone).text("/meta/version")))));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(statuses(answer)).containsExactly("201", "200", "200", "204");
    assertThat(get("/Users/" + bob).text("/userName")).isEqualTo(renamed);
    assertThat(get("/Users/" + bob).text("/meta/version"))
        .isEqualTo(answer.text("/Operations/1/version"));
    assertThat(get("/Users/" + dave).text("/userType")).isEqualTo("Employee");
    assertThat(get("/Users/" + gone).status()).isEqualTo(404);
    assertThat(answer.text("/Operations/3/location")).isEqualTo(scimUrl() + "/Users/" + gone);
    assertThat(answer.at("/Operations/3").has("version")).isFalse();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  /** Section 3.7.3: what fails says so, and after failOnErrors nothing more is done. */
  @Test
  void exampleOfErrors() {
    String bob = createUser(unique("Bob"));
    String never = unique("never");
    Answer answer =
        post(
            "/Bulk",
            request(
                "\"failOnErrors\":2,",
                "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"qwerty\",\"data\":{\"schemas\":[\""
                    + USER
                    + "\"]}}",
                newUser("asdf", unique("Ann")),
                """
                {"method":"PUT","path":"/Users/%s","version":"W/\\"1\\"",
                 "data":{"schemas":["%s"],"userName":"bob"}}"""
                    .formatted(bob, USER),
                newUser("zxcv", never)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(statuses(answer)).containsExactly("400", "201", "412");
    JsonNode first = answer.at("/Operations/0");
    assertThat(first.get("bulkId").asText()).isEqualTo("qwerty");
    assertThat(first.has("location")).isFalse();
    assertThat(first.at("/response/scimType").asText()).isEqualTo("invalidValue");
    assertThat(first.at("/response/status").asText()).isEqualTo("400");
    assertThat(first.at("/response/detail").asText()).contains("userName");
    assertThat(answer.text("/Operations/2/location")).isEqualTo(scimUrl() + "/Users/" + bob);
    assertThat(count("userName eq \"" + never + "\"")).isZero();
  }

  /** Section 3.7.3: as if each operation were a request. */
  @Test
  void whatFailsHasTheErrorThatItHasAlone() {
    String name = unique("alone");
    String taken = "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, name);
    String nameless = "{\"schemas\":[\"%s\"],\"title\":\"x\"}".formatted(USER);
    String user = "/Users/" + createUser(name);
    String group = "/Groups/" + createGroup(unique("alone"));
    List<List<String>> requests =
        List.of(
            List.of("POST", "/Users", taken),
            List.of("POST", "/Users", nameless),
            List.of("PUT", user, nameless),
            List.of("PUT", "/Users/nobody", taken),
            List.of("PATCH", user, patchBody("{\"op\":\"remove\"}")),
            List.of("PATCH", user, patchBody("{\"op\":\"remove\",\"path\":\"userName\"}")),
            List.of("PATCH", user, patchBody("{\"op\":\"remove\",\"path\":\"emails[\"}")),
            List.of("PATCH", group, addition("nobody")),
            List.of("PATCH", "/Groups/nobody", addition("nobody")),
            List.of("DELETE", "/Users/nobody", ""));
    List<String> operations = new ArrayList<>();
    for (List<String> request : requests) {
      String data = request.get(2).isEmpty() ? "" : ",\"data\":" + request.get(2);
      operations.add(
          "{\"method\":\"%s\",\"path\":\"%s\",\"bulkId\":\"b%d\"%s}"
              .formatted(request.get(0), request.get(1), operations.size(), data));
    }
    Answer answer = bulk(operations.toArray(String[]::new));
    for (int i = 0; i < requests.size(); i++) {
      Answer alone = send(requests.get(i).get(0), requests.get(i).get(1), requests.get(i).get(2));
      JsonNode result = answer.at("/Operations/" + i);
      assertThat(alone.status()).as(alone.body()).isBetween(400, 499);
      assertThat(result.get("status").asText()).isEqualTo(Integer.toString(alone.status()));
      assertThat(result.get("response")).isEqualTo(alone.json());
    }
  }

  private static String addition(String member) {
    return patchBody(
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + member + "\"}]}");
  }

  @Test
  void thousandUsersAndTheirGroupAreMadeAtOnce() {
    String prefix = unique("mass");
    List<String> operations = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (int i = 0; i < 999; i++) {
      operations.add(newUser("u" + i, prefix + i));
      references.add("bulkId:u" + i);
    }
    operations.add(500, newGroup("g", unique("all"), references.toArray(String[]::new)));
    Answer answer = bulk(operations.toArray(String[]::new));
    assertThat(statuses(answer)).containsOnly("201").hasSize(1_000);
    assertThat(count("userName sw \"" + prefix + "\"")).isEqualTo(999);
    assertThat(members(id(answer, 500))).hasSize(999);
    for (int i : new int[] {0, 499, 501, 999}) {
      Answer user = get("/Users/" + id(answer, i));
      assertThat(user.text("/meta/version"))
          .startsWith(answer.text("/Operations/" + i + "/version").replaceFirst("\"$", ""));
      assertThat(user.text("/groups/0/value")).isEqualTo(id(answer, 500));
    }
  }

  @Test
  void takenNamesFailAloneAmongManyAndAlsoWithinTheRequest() {
    String prefix = unique("dup");
    createUser(prefix + 7);
    String[] operations =
        IntStream.range(0, 120)
            .mapToObj(i -> newUser("u" + i, prefix + (i == 90 ? 3 : i)))
            .toArray(String[]::new);
    Answer answer = bulk(operations);
    for (int i = 0; i < 120; i++) {
      assertThat(answer.text("/Operations/" + i + "/status"))
          .as("operation " + i)
          .isEqualTo(i == 7 || i == 90 ? "409" : "201");
    }
    assertThat(answer.text("/Operations/90/response/scimType")).isEqualTo("uniqueness");
    assertThat(count("userName sw \"" + prefix + "\"")).isEqualTo(119);
  }

  @Test
  void passwordsOfABulkAreHashedAndNotShown() {
    String name = unique("secret");
    Answer answer =
        bulk(
            newUser("a", name)
                .replace("\"userName\"", "\"password\":\"open sesame\",\"userName\""));
    assertThat(statuses(answer)).containsExactly("201");
    assertThat(answer.body()).doesNotContain("sesame");
    assertThat(get("/Users/" + id(answer, 0)).body()).doesNotContain("password");
  }

  @Test
  void operationsGoToEveryTypeButNotToAnotherTenant() {
    Answer answer =
        bulk(
            newUser("a", unique("mine")).replace("/Users", "/t/other/scim/v2/Users"),
            newUser("b", unique("mine")).replace("/Users", scimUrl() + "/Users"),
            newUser("c", unique("mine")).replace("/Users", "/Bulk"),
            newUser("d", unique("mine")).replace("/Users", "/Me"),
            newUser("e", unique("mine")).replace("/Users", "/Schemas"),
            "{\"method\":\"GET\",\"path\":\"/Users\"}");
    assertThat(statuses(answer)).containsExactly("400", "400", "400", "404", "404", "400");
  }

  @Test
  void limitsAreThoseOfTheServiceProviderConfig() {
    JsonNode config = get("/ServiceProviderConfig").at("/bulk");
    assertThat(config.get("supported").asBoolean()).isTrue();
    int most = config.get("maxOperations").asInt();
    Answer many =
        post("/Bulk", request("", Collections.nCopies(most + 10_000, "{}").toArray(String[]::new)));
    assertScimError(many, 413, "tooLarge");
    long bytes = config.get("maxPayloadSize").asLong();
    Answer large = post("/Bulk", request("\"x\":\"" + "y".repeat((int) bytes) + "\","));
    assertScimError(large, 413, "tooLarge");
    assertThat(large.text("/detail")).contains("maxPayloadSize");
    assertThat(statuses(bulk(Collections.nCopies(most, "{}").toArray(String[]::new))))
        .hasSize(most)
        .containsOnly("400");
  }

  @Test
  void whatIsNoBulkRequestIsRefusedAsAWhole() {
    String name = unique("half");
    String good = newUser("a", name);
    assertScimError(post("/Bulk", ""), 400, "invalidSyntax");
    assertScimError(post("/Bulk", "[]"), 400, "invalidSyntax");
    assertScimError(post("/Bulk", "{\"Operations\":[" + good + "]}"), 400, "invalidSyntax");
    assertScimError(post("/Bulk", request("", good, "{\"method\":")), 400, "invalidSyntax");
    assertScimError(post("/Bulk", request("", good, "7")), 400, "invalidSyntax");
    assertScimError(post("/Bulk", request("", good, good)), 400, "invalidValue");
    assertScimError(post("/Bulk", request("\"failOnErrors\":0,", good)), 400, "invalidValue");
    assertScimError(get("/Bulk"), 405, "");
    assertScimError(send("POST", "/Bulk", "x=1", "Content-Type", "text/plain"), 415, "");
    assertThat(count("userName eq \"" + name + "\"")).isZero();
  }

  @Test
  void readerMayNotBulk() {
    Answer created =
        sendTo(
            serverUrl() + "/admin/v1/tokens",
            "Bearer " + token(),
            "POST",
            "{\"tenant\":\"default\",\"scopes\":[\"scim.read\"],\"expiresIn\":\"PT1H\"}",
            "Content-Type",
            "application/json");
    String reader = "Bearer " + created.text("/token");
    assertScimError(sendAs(reader, "POST", "/Bulk", request("")), 403, "");
    assertScimError(sendAs(reader, "GET", "/.async/x", ""), 403, "");
  }

  @Test
  void requestsAreCountedAsBulk() {
    bulk(newUser("a", unique("counted")));
    String metrics = sendTo(serverUrl() + "/metrics", "", "GET", "", "Accept", "*/*").body();
    assertThat(metrics).contains("operation=\"bulk\"");
  }
}
