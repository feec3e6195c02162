package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.it.Instance;

/** Schemas and resource types of a tenant's own, registered and changed while it is served. */
class DefinitionsIT extends Protocol {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIZE =
      "{'name':'size','type':'integer'},{'name':'code','uniqueness':'server','caseExact':true}";

  private final String name = "T" + unique("").replace("-", "").substring(0, 12);
  private final String urn = "urn:example:" + name;
  private final String path = "/" + name + "s";
  private final Deque<String> definitions = new ArrayDeque<>();

  @AfterEach
  void removeDefinitions() {
    while (!definitions.isEmpty()) {
      String url = definitions.pop();
      assertThat(admin("DELETE", url, "").status()).as(url).isIn(204, 404);
    }
  }

  private static Answer admin(String method, String url, String body, String... headers) {
    return sendTo(
        serverUrl() + "/admin/v1/tenants/default" + url,
        "Bearer " + token(),
        method,
        body.replace('\'', '"'),
        headers);
  }

  private Answer create(String kind, String body, String id) {
    Answer made = admin("POST", "/" + kind, body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.header("Location")).endsWith("/admin/v1/tenants/default/" + kind + "/" + id);
    definitions.push("/" + kind + "/" + id);
    return made;
  }

  private String schema(String attributes) {
    return "{'id':'" + urn + "','attributes':[" + attributes + "]}";
  }

  private String type(String more) {
    return "{'name':'%s','endpoint':'%s','schema':'%s','x-labels':['code']%s}"
        .formatted(name, path, urn, more);
  }

  private Answer createThing(String attributes, String more) {
    create("schemas", schema(attributes), urn);
    return create("resource-types", type(more), name);
  }

  private String body(String members) {
    return "{'schemas':['%s'],%s}".formatted(urn, members).replace('\'', '"');
  }

  private String post(String members) {
    Answer made = post(path, body(members));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("/id");
  }

  private static void assertProblem(Answer answer, int status, String detail) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.text("/detail")).contains(detail);
    assertThat(answer.body())
        .doesNotContainPattern("(?i)exception|org\\.muster|java\\.|jackson|select |insert ");
  }

  private void awaitReady() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      String shown = admin("GET", "/resource-types/" + name, "").at("/x-indexes").toString();
      if (!shown.contains("building")) {
        assertThat(shown).contains("ready");
        return;
      }
      Thread.sleep(200);
    }
    throw new AssertionError("Never ready");
  }

  @Test
  void whoeverChangesADefinitionIsOnRecord() {
    createThing(SIZE, "");
    admin("PUT", "/resource-types/" + name, type(",'description':'x'"));
    Answer history =
        sendTo(
            serverUrl() + "/storage/v1/history/$resource-types/" + name,
            "Bearer " + token(),
            "GET",
            "");
    assertThat(history.status()).as(history.body()).isEqualTo(200);
    assertThat(history.text("/items/0/type")).isEqualTo("schema-changed");
    assertThat(history.text("/items/0/content/document/description")).isEqualTo("x");
    assertThat(history.text("/items/1/type")).isEqualTo("schema-registered");
    assertThat(history.text("/items/1/actor")).isNotEmpty();
    assertThat(history.text("/items/1/requestId")).isNotEmpty();
    assertThat(history.text("/items/1/address")).isNotEmpty();
    Answer then = definitionAt(history.text("/items/1/time"));
    assertThat(then.text("/state")).isEqualTo("live");
    assertThat(then.text("/document/name")).isEqualTo(name);
    assertThat(then.at("/document/description").asText()).isNotEqualTo("x");
    assertThat(definitionAt(history.text("/items/0/time")).text("/document/description"))
        .isEqualTo("x");
    admin("DELETE", "/resource-types/" + name, "");
    Answer last =
        sendTo(
            serverUrl() + "/storage/v1/history/$resource-types/" + name,
            "Bearer " + token(),
            "GET",
            "");
    assertThat(last.at("/items/0/content/removed").asBoolean()).isTrue();
    assertThat(definitionAt(last.text("/items/0/time")).status()).isEqualTo(404);
  }

  private Answer definitionAt(String time) {
    return sendTo(
        serverUrl() + "/storage/v1/history/$resource-types/" + name + "?at=" + time,
        "Bearer " + token(),
        "GET",
        "");
  }

  @Test
  void typeIsServedFromItsRegistrationOn() {
    assertScimError(get(path), 404, "");
    createThing(SIZE, "");
    assertThat(get("/ResourceTypes/" + name).text("/endpoint")).isEqualTo(path);
    assertThat(get("/Schemas/" + urn).text("/attributes/0/name")).isEqualTo("size");
    assertThat(get("/ResourceTypes").body()).contains(urn);
    assertScimError(Protocol.post("/Schemas", schema(SIZE).replace('\'', '"')), 405, "");
    assertScimError(Protocol.put("/ResourceTypes/" + name, "{}"), 405, "");

    String id = post("'size':3,'code':'c'");
    Answer read = get(path + "/" + id);
    assertThat(read.text("/meta/location")).isEqualTo(scimUrl() + path + "/" + id);
    assertThat(read.text("/meta/resourceType")).isEqualTo(name);
    assertThat(send("GET", path + "/" + id, "", "If-None-Match", read.header("ETag")).status())
        .isEqualTo(304);
    assertScimError(post(path, body("'code':'c'")), 409, "uniqueness");
    assertScimError(post(path, body("'size':'three'")), 400, "invalidValue");
    assertScimError(send("PUT", path + "/" + id, body("'size':4"), "If-Match", "W/\"1\""), 412, "");
    Answer changed =
        patch(path + "/" + id, patchBody("{\"op\":\"replace\",\"path\":\"size\",\"value\":7}"));
    assertThat(changed.status()).isEqualTo(204);
    assertThat(get(path + "/" + id + "?attributes=size").number("/size")).isEqualTo(7);
    assertThat(get(path + "/" + id + "?excludedAttributes=size").json().has("size")).isFalse();
    assertThat(send("DELETE", path + "/" + id, "").status()).isEqualTo(204);
    admin("DELETE", "/resource-types/" + name, "");
    assertScimError(get(path), 404, "");
  }

  @Test
  void resourcesAreFilteredSortedAndPagedBeforeAndAfterTheIndex() throws InterruptedException {
    createThing(SIZE, "");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      made.add(post("'size':" + (24 - i) + ",'code':'c" + i + "'"));
    }
    assertFound(made);
    Answer before = get(path + "/" + made.get(0));
    Answer type = admin("PUT", "/resource-types/" + name, type(",'x-searchable':['size','code']"));
    assertThat(type.status()).as(type.body()).isEqualTo(200);
    assertFound(made);
    awaitReady();
    assertFound(made);
    assertThat(get(path + "/" + made.get(0)).header("ETag")).isEqualTo(before.header("ETag"));
    made.forEach(id -> send("DELETE", path + "/" + id, ""));
  }

  private void assertFound(List<String> made) {
    assertThat(ids(filter(path, "size eq 20"))).containsExactly(made.get(4));
    assertThat(ids(filter(path, "size gt 21 and code sw \"c\"")))
        .containsExactlyInAnyOrder(made.get(0), made.get(1), made.get(2));
    Answer sorted = get(path + "?sortBy=size&count=2&startIndex=2");
    assertThat(ids(sorted)).containsExactly(made.get(23), made.get(22));
    assertThat(sorted.number("/totalResults")).isEqualTo(25);
    List<String> walked = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = get(path + "?count=10&cursor=" + cursor);
      walked.addAll(ids(page));
      cursor = page.text("/nextCursor");
    } while (!cursor.isEmpty());
    assertThat(walked).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void linksLeadToUsersAndAreFollowedByFilters() {
    createThing(
        "{'name':'code'},{'name':'owner','type':'complex','subAttributes':[{'name':'value'},"
            + "{'name':'$ref','type':'reference'},{'name':'display','mutability':'readOnly'}],"
            + "'x-link':{'relation':'owner','types':['User']}},"
            + "{'name':'users','type':'complex','multiValued':true,'subAttributes':"
            + "[{'name':'value'},{'name':'type'}],'x-link':{'relation':'users','types':['User',"
            + "'Group']}}",
        "");
    String ann = createUser(unique("ann"));
    String group = createGroup(unique("group"));
    String id =
        post(
            "'code':'x','owner':{'value':'%s'},'users':[{'value':'%s'},{'value':'%s'}]"
                .formatted(ann, ann, group));
    Answer read = get(path + "/" + id);
    assertThat(read.text("/owner/$ref")).isEqualTo(scimUrl() + "/Users/" + ann);
    assertThat(read.at("/users")).hasSize(2);
    assertThat(ids(filter(path, "owner.value eq \"" + ann + "\""))).containsExactly(id);
    assertThat(ids(filter(path, "users[value eq \"" + group + "\"]"))).containsExactly(id);
    assertThat(get(path + "/" + id + "/users?count=1").text("/nextCursor")).isNotEmpty();
    assertScimError(post(path, body("'owner':{'value':'nobody'}")), 400, "invalidValue");
    assertProblem(
        admin("PUT", "/schemas/" + urn, schema("{'name':'code'}")), 409, "owner is removed (1");
    assertThat(send("DELETE", "/Users/" + ann, "").status()).isEqualTo(204);
    assertThat(get(path + "/" + id).json().has("owner")).isFalse();
    send("DELETE", path + "/" + id, "");
    send("DELETE", "/Groups/" + group, "");
  }

  @Test
  void linksToATypeThatThereIsNotAreRefused() {
    String owner =
        "{'name':'code'},{'name':'owner','type':'complex','subAttributes':[{'name':'value'}],"
            + "'x-link':{'relation':'owner','types':['%s']}}";
    create("schemas", schema(owner.formatted("Nobody")), urn);
    assertProblem(
        admin("POST", "/resource-types", type("")),
        400,
        "the links owner of " + name + " lead to Nobody, which is no resource type of the tenant");
    assertScimError(get(path), 404, "");
    assertThat(admin("PUT", "/schemas/" + urn, schema(owner.formatted("User"))).status())
        .isEqualTo(200);
    create("resource-types", type(""), name);
    assertProblem(
        admin("PUT", "/schemas/" + urn, schema(owner.formatted("Nobody"))), 400, "lead to Nobody");
  }

  @Test
  void resourceIsRestoredIntoATypeThatWasRemovedAndMadeAgain() throws InterruptedException {
    createThing(SIZE, ",'x-searchable':['size','code']");
    String id = post("'size':20,'code':'back'");
    assertThat(send("DELETE", path + "/" + id, "").status()).isEqualTo(204);
    assertThat(admin("DELETE", "/resource-types/" + name, "").status()).isEqualTo(204);
    assertScimError(restore(id), 404, "");
    assertProblem(tombstones(), 400, "type must be the name of a resource type");

    create("resource-types", type(""), name);
    assertThat(tombstones().body()).contains(id);
    Answer restored = restore(id);
    assertThat(restored.status()).as(restored.body()).isEqualTo(200);
    assertThat(restored.number("/size")).isEqualTo(20);
    assertThat(ids(filter(path, "size eq 20"))).containsExactly(id);
    assertScimError(post(path, body("'code':'back'")), 409, "uniqueness");

    // searchable once more, by the index that was left behind where there is one
    Answer again = admin("PUT", "/resource-types/" + name, type(",'x-searchable':['size','code']"));
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    awaitReady();
    assertThat(ids(filter(path, "size eq 20"))).containsExactly(id);
    assertThat(ids(filter(path, "size gt 20"))).isEmpty();
    assertThat(send("DELETE", path + "/" + id, "").status()).isEqualTo(204);
  }

  @Test
  void resourceThatDoesNotFitTheTypeThatWasMadeAgainStaysDeleted() {
    createThing(SIZE, "");
    String id = post("'size':20,'code':'odd'");
    send("DELETE", path + "/" + id, "");
    admin("DELETE", "/resource-types/" + name, "");
    admin("DELETE", "/schemas/" + urn, "");
    create("schemas", schema("{'name':'size'},{'name':'code'}"), urn);
    create("resource-types", type(""), name);
    Answer refused = restore(id);
    assertScimError(refused, 409, "");
    assertThat(refused.text("/detail")).contains("does not fit its schema");
    assertScimError(get(path + "/" + id), 404, "");
    assertThat(send("POST", path + "/" + id + "/.purge", "").status()).isEqualTo(204);
    assertScimError(restore(id), 404, "");
  }

  private Answer restore(String id) {
    return send("POST", path + "/" + id + "/.restore", "");
  }

  private Answer tombstones() {
    return admin("GET", "/tombstones?type=" + name, "");
  }

  @Test
  void definitionsHaveTagsAndAreRefusedWhenStale() {
    Answer made = createThing(SIZE, "");
    String url = "/resource-types/" + name;
    assertThat(admin("GET", url, "", "If-None-Match", made.header("ETag")).status()).isEqualTo(304);
    Answer put = admin("PUT", url, type(",'description':'x'"), "If-Match", made.header("ETag"));
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(put.header("ETag")).isNotEqualTo(made.header("ETag"));
    assertProblem(
        admin("PUT", url, type(""), "If-Match", made.header("ETag")), 412, "another version");
    assertProblem(admin("DELETE", url, "", "If-Match", made.header("ETag")), 412, "");
    assertThat(admin("GET", "/resource-types", "").body()).contains(name);
    assertThat(admin("GET", "/resource-types/User", "").text("/endpoint")).isEqualTo("/Users");
    assertProblem(admin("GET", "/schemas/urn:example:none", ""), 404, "");
    assertProblem(admin("DELETE", "/schemas/" + urn, ""), 409, "used by the resource type");
  }

  @Test
  void hostileDefinitionsAreRefusedWithThePlace() {
    Map<String, String> hostile = new TreeMap<>();
    hostile.put("{'name':'a'},{'name':'A'}", "attributes[1].name: is taken");
    hostile.put("{'name':'id'}", "attributes[0].name: must not be that of the common");
    hostile.put("{'name':'a','type':'text'}", "attributes[0].type: must be one of");
    hostile.put(
        "{'name':'a','type':'complex','subAttributes':[{'name':'b','type':'complex'}]}",
        "attributes[0].subAttributes[0].type: must not be complex");
    hostile.put("{'name':'a','required':true,'mutability':'readOnly'}", "attributes[0].required");
    hostile.put("{'name':'" + "x".repeat(100_000) + "'}", "attributes[0].name");
    hostile.put("{'name':'a','description':'" + "x".repeat(900_000) + "'}", "at most 4,000");
    hostile.put(
        String.join(",", java.util.Collections.nCopies(10_000, "{'name':'a'}")),
        "attributes: must be a list of at most 1,000 items");
    hostile.forEach(
        (attributes, message) ->
            assertProblem(admin("POST", "/schemas", schema(attributes)), 400, message));
    assertProblem(admin("POST", "/schemas", "{'id':7}"), 400, "id: is required");
    assertProblem(admin("POST", "/schemas", "nonsense"), 400, "JSON");
    assertProblem(
        admin("POST", "/schemas", "[".repeat(10_000) + "]".repeat(10_000)), 400, "nested");
    assertProblem(
        admin("POST", "/schemas", schema("{'name':'" + "x".repeat(1 << 20) + "'}")), 413, "");
    assertProblem(admin("POST", "/resource-types", "{}"), 400, "name: is required");
    assertProblem(admin("POST", "/schemas/.load", "{'set':'toys'}"), 400, "devices");
    assertProblem(admin("PATCH", "/schemas", "{}"), 405, "");
    assertThat(get("/Schemas").body()).doesNotContain(urn);
  }

  @Test
  void onlyAdministratorsOfTheTenantMayDefine() {
    Answer made =
        sendTo(
            serverUrl() + "/admin/v1/tokens",
            "Bearer " + token(),
            "POST",
            "{\"scopes\":[\"scim.read\",\"scim.write\"]}");
    String plain = "Bearer " + made.text("/token");
    String url = serverUrl() + "/admin/v1/tenants/default/schemas";
    assertProblem(sendTo(url, plain, "GET", ""), 403, "tenant.admin");
    assertProblem(sendTo(url, "", "GET", ""), 401, "");
    String administrator =
        sendTo(
                serverUrl() + "/admin/v1/tokens",
                "Bearer " + token(),
                "POST",
                "{\"scopes\":[\"tenant.admin\"]}")
            .text("/token");
    assertThat(sendTo(url, "Bearer " + administrator, "GET", "").status()).isEqualTo(200);
    for (String tenant : List.of("nobody", "NO%20BODY", "..%2fdefault")) {
      String other = serverUrl() + "/admin/v1/tenants/" + tenant + "/schemas";
      assertThat(sendTo(other, "Bearer " + administrator, "GET", "").status()).isIn(400, 404);
      assertThat(sendTo(other, "Bearer " + token(), "GET", "").status()).isIn(400, 404);
    }
  }

  @Test
  void userIsExtendedAndFoundByTheExtension() throws InterruptedException {
    create("schemas", schema("{'name':'badge','caseExact':true}"), urn);
    ObjectNode user = admin("GET", "/resource-types/User", "").json().deepCopy();
    ((com.fasterxml.jackson.databind.node.ArrayNode) user.path("schemaExtensions"))
        .addObject()
        .put("schema", urn);
    ((com.fasterxml.jackson.databind.node.ArrayNode) user.path("x-searchable")).add(urn + ":badge");
    Answer put = admin("PUT", "/resource-types/User", user.toString());
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    definitions.push("/resource-types/User");
    Answer made =
        Protocol.post(
            "/Users",
            "{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s\",\"%s\":{\"badge\":\"B7\"}}"
                .formatted(USER, urn, unique("ann"), urn));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(ids(filter("/Users", urn + ":badge eq \"B7\""))).containsExactly(made.text("/id"));
    assertThat(get("/Schemas/" + urn).status()).isEqualTo(200);
    assertProblem(admin("DELETE", "/resource-types/User", ""), 409, "is removed (1 resource)");
    assertThat(send("DELETE", "/Users/" + made.text("/id"), "").status()).isEqualTo(204);
  }

  @Test
  void writersSeeTheOldDefinitionOrTheNewOne() throws Exception {
    createThing("{'name':'code'},{'name':'old'}", "");
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<List<Answer>>> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writers.add(pool.submit(() -> write(ended)));
    }
    List<Integer> changes = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      String more = round % 2 == 0 ? ",{'name':'size','type':'integer'}" : "";
      changes.add(
          admin("PUT", "/schemas/" + urn, schema("{'name':'code'},{'name':'old'}" + more))
              .status());
      changes.add(
          admin(
                  "PUT",
                  "/resource-types/" + name,
                  type(round % 3 == 0 ? ",'x-searchable':['code']" : ""))
              .status());
      Thread.sleep(100);
    }
    ended.set(true);
    List<Answer> answers = new ArrayList<>();
    for (Future<List<Answer>> writer : writers) {
      answers.addAll(writer.get(60, TimeUnit.SECONDS));
    }
    pool.shutdown();
    assertThat(changes).allMatch(status -> status == 200 || status == 409).contains(200);
    assertThat(answers).hasSizeGreaterThan(20);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.status()).as(answer.body()).isIn(200, 201, 204));
    removeAll();
  }

  private List<Answer> write(AtomicBoolean ended) {
    List<Answer> answers = new ArrayList<>();
    while (!ended.get()) {
      Answer made = post(path, body("'code':'c','old':'o'"));
      answers.add(made);
      String id = made.text("/id");
      answers.add(filter(path, "code eq \"c\""));
      answers.add(send("PUT", path + "/" + id, body("'code':'d'")));
      answers.add(send("DELETE", path + "/" + id, ""));
    }
    return answers;
  }

  private void removeAll() {
    ids(get(path + "?count=1000")).forEach(id -> send("DELETE", path + "/" + id, ""));
  }

  @Test
  void everyKindOfAttributeIsServed() throws IOException {
    JsonNode file =
        JSON.readTree(
            Files.readString(
                Instance.root().resolve("ejb/src/test/resources/scim/test-resource.json")));
    String testUrn = file.at("/schema/id").asText();
    create("schemas", file.path("schema").toString(), testUrn);
    create("resource-types", file.path("resourceType").toString(), "TestResource");
    assertThat(get("/Schemas/" + testUrn).at("/attributes")).hasSize(386);
    Answer made =
        Protocol.post(
            "/TestResources",
            ("{'schemas':['%s'],'stringReadWriteDefaultOneExactServer':'A',"
                    + "'integerReadWriteRequestOneFoldedNone':7,"
                    + "'booleanReadWriteNeverOneFoldedNone':true,"
                    + "'stringReadOnlyAlwaysOneExactNone':'no'}")
                .formatted(testUrn)
                .replace('\'', '"'));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("schemas", "id", "stringReadWriteDefaultOneExactServer", "meta");
    String url = "/TestResources/" + made.text("/id");
    assertThat(
            get(url + "?attributes=integerReadWriteRequestOneFoldedNone")
                .number("/integerReadWriteRequestOneFoldedNone"))
        .isEqualTo(7);
    assertScimError(
        filter("/TestResources", "booleanReadWriteNeverOneFoldedNone eq true"),
        400,
        "invalidFilter");
    assertThat(send("DELETE", url, "").status()).isEqualTo(204);
  }

  @Test
  void devicesAreLoadedByOneRequest() {
    Answer loaded = admin("POST", "/schemas/.load", "{'set':'devices'}");
    assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
    for (JsonNode each : loaded.at("/added")) {
      String id = each.asText();
      definitions.addLast((id.startsWith("urn:") ? "/schemas/" : "/resource-types/") + id);
    }
    assertThat(definitions).hasSize(11);
    assertThat(admin("POST", "/schemas/.load", "{'set':'devices'}").at("/added")).isEmpty();
    String ble = "urn:ietf:params:scim:schemas:extension:ble:2.0:Device";
    String core = "urn:ietf:params:scim:schemas:core:2.0:Device";
    Answer made =
        Protocol.post(
            "/Devices",
            ("{'schemas':['%s','%s'],'displayName':'Monitor','active':true,'%s':{"
                    + "'versionSupport':['5.3'],'deviceMacAddress':'2C:54:91:88:C9:E2',"
                    + "'pairingMethods':['urn:ietf:params:scim:schemas:extension:pairingPassKey:"
                    + "2.0:Device'],'urn:ietf:params:scim:schemas:extension:pairingPassKey:2.0:"
                    + "Device':{'key':123456}}}")
                .formatted(core, ble, ble)
                .replace('\'', '"'));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String id = made.text("/id");
    assertThat(ids(filter("/Devices", ble + ":deviceMacAddress eq \"2c:54:91:88:c9:e2\"")))
        .containsExactly(id);
    String group = createGroup(unique("lab"), id);
    assertThat(get("/Groups/" + group).text("/members/0/type")).isEqualTo("Device");
    assertThat(get("/Devices/" + id).text("/groups/0/value")).isEqualTo(group);
    send("DELETE", "/Groups/" + group, "");
    assertThat(send("DELETE", "/Devices/" + id, "").status()).isEqualTo(204);
    // types before the schemas that they use
    List<String> sorted = new ArrayList<>(definitions);
    sorted.sort((a, b) -> Boolean.compare(a.startsWith("/schemas"), b.startsWith("/schemas")));
    definitions.clear();
    definitions.addAll(sorted);
  }
}
