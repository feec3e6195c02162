package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/**
 * One tenant can neither reach nor recognise anything of another: every operation of the OpenAPI
 * document is tried with every kind of foreign thing that it takes. Each attempt has a twin, the
 * same request with a thing that does not exist at all, and both must be answered alike. An
 * operation without attempts of its own fails the test.
 */
class IsolationIT extends Protocol {
  private static final String SCIM_BASE = "/scim/v2";
  private static final String ABSENT = "00000000-0000-7000-8000-000000000000";
  private static final String PLACE = "@@";
  private static final String HOOK = "https://hooks.invalid/isolation";

  private final RSAKey key = IdentityProvider.key("k");
  private final IdentityProvider provider = new IdentityProvider(key);
  private final OwnTenant victim = OwnTenant.create(server(), unique("v").substring(0, 30));
  private final OwnTenant attacker = OwnTenant.create(server(), unique("a").substring(0, 30));
  private final OwnTenant third = OwnTenant.create(server(), unique("c").substring(0, 30));
  private final String secret = unique("secret");
  private final Map<String, List<Probe>> walk = new TreeMap<>();
  private final Map<String, String> bearers = new HashMap<>();
  private int tried;

  /** The victim's things, and the attacker's own. */
  private String user = "";

  private String group = "";
  private String userEtag = "";
  private String cursor = "";
  private String membersCursor = "";
  private String issuer = "";
  private String jwt = "";
  private String deleted = "";
  private String urn = "";
  private String typeName = "";
  private String transaction = "";
  private String consumer = "";
  private String consumerEtag = "";
  private String stream = "";
  private String receiver = "";
  private String receiverEtag = "";
  private String ownReceiver = "";
  private String ownUser = "";
  private String ownGroup = "";

  /**
   * An attempt.
   *
   * @param path and {@code body} with {@link #PLACE} where the foreign or the absent thing goes
   * @param header and its value, which may have the place too; empty for none
   */
  private record Probe(
      String kind, String path, String body, String header, String foreign, String absent) {}

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void nothingOfAnotherTenantIsReachableOrRecognisable() {
    populate();
    probeLists();
    probeWholeTenant();
    probeDeleted();
    probeHistory();
    probeDefinitions();
    probeResources();
    probeDiscovery();
    probeTokens();
    probeTenants();
    probeIssuers();
    probeExplanations();
    probeFeed();
    probeSecurityEvents();
    probeReceivers();
    probeReadModels();
    probeProjections();
    probeCaches();
    probeWriteBehind();

    Map<String, String> operations = operations();
    assertThat(walk.keySet())
        .as("operations that are walked, against those of /openapi")
        .isEqualTo(new TreeSet<>(operations.keySet()));
    String before = state();
    operations.forEach(this::everyOperation);
    walk.forEach((operation, probes) -> probes.forEach(probe -> attempt(operation, probe)));
    assertThat(state()).as("the victim's data").isEqualTo(before);
    System.out.printf(
        Locale.ROOT,
        "Isolation: %d operations, %d pairs of operation and attack%n",
        operations.size(),
        tried);
    assertThat(tried).isGreaterThanOrEqualTo(180);
  }

  private void populate() {
    user = victim.scim().post("/Users", user(secret)).expect(201).id();
    String boss = victim.scim().post("/Users", user(secret + "-boss")).expect(201).id();
    group =
        victim.scim().post("/Groups", groupBody(secret + "-group", user, boss)).expect(201).id();
    userEtag = victim.scim().get("/Users/" + user).expect(200).etag();
    cursor = text(victim.scim().get("/Users?cursor=&count=1"), "nextCursor");
    membersCursor = text(victim.scim().get("/Groups/" + group + "/members?count=1"), "nextCursor");
    deleted = victim.scim().post("/Users", user(secret + "-gone")).expect(201).id();
    victim.scim().delete("/Users/" + deleted).expect(204);
    transaction =
        victim
            .scim()
            .with("Prefer", "respond-async")
            .post("/Bulk", bulk(operation("POST", "/Users", user(secret + "-bulk"))))
            .expect(202)
            .header("Set-Txn");
    awaitBulk();
    ScimClient root = OwnTenant.root(server());
    issuer =
        root.post("/admin/v1/tenants/" + victim.id() + "/issuers", provider.registration())
            .expect(201)
            .id();
    typeName = "T" + secret.replace("-", "").substring(6, 18);
    urn = "urn:example:" + typeName;
    String definitions = "/admin/v1/tenants/" + victim.id();
    root.post(definitions + "/schemas", schema(urn)).expect(201);
    root.post(definitions + "/resource-types", resourceType(typeName, urn)).expect(201);
    victim.scim().get("/" + typeName + "s").expect(200);
    jwt = IdentityProvider.sign(key, provider.claims().build());
    victim.scim().as(jwt).get("/Users").expect(200);
    consumer = "C" + typeName;
    consumerEtag =
        victim
            .admin()
            .sendJson("PUT", "/storage/v1/consumers/" + consumer, "{\"position\":\"end\"}")
            .expect(201)
            .etag();
    stream =
        victim
            .admin()
            .post("/admin/v1/tenants/" + victim.id() + "/receivers", "{\"kind\":\"set-poll\"}")
            .expect(201)
            .id();
    ScimResponse hook =
        victim.admin().post(receivers(victim), "{\"endpoint\":\"" + HOOK + "\"}").expect(201);
    receiver = hook.id();
    receiverEtag = hook.etag();
    ownReceiver =
        attacker
            .admin()
            .post(receivers(attacker), "{\"endpoint\":\"" + HOOK + "\"}")
            .expect(201)
            .id();
    ownUser = attacker.scim().post("/Users", user(unique("own"))).expect(201).id();
    ownGroup = attacker.scim().post("/Groups", groupBody("own", ownUser)).expect(201).id();
  }

  private void probeLists() {
    String list = "GET /scim/v2/{type}";
    for (String filter :
        List.of("userName eq \"@@\"", "userName sw \"@@\"", "not (userName ne \"@@\")")) {
      add(list, "filter value", "/Users?filter=" + escape(filter), "", secret, unique("no"));
    }
    for (String filter :
        List.of(
            "id eq \"@@\"", "groups.value eq \"@@\"", ENTERPRISE + ":manager.value eq \"@@\"")) {
      add(list, "filter value", "/Users?filter=" + escape(filter), "", user, ABSENT);
    }
    add(
        list,
        "filter value",
        "/Groups?filter=" + escape("members[value eq \"@@\"]"),
        "",
        user,
        ABSENT);
    add(
        list,
        "filter value",
        "/Groups?filter=" + escape("members.value eq \"@@\""),
        "",
        user,
        ABSENT);
    add(list, "cursor", "/Users?count=1&cursor=@@", "", cursor, cursor.substring(1));
    String create = "POST /scim/v2/{type}";
    add(create, "member reference", "/Groups", groupBody("x", PLACE), user, ABSENT);
    add(create, "member reference", "/Groups", groupBody("x", ownUser, PLACE), group, ABSENT);
    add(create, "manager reference", "/Users", managed(unique("m")), user, ABSENT);
    String search = "POST /scim/v2/{type}/.search";
    String request = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],%s}";
    add(
        search,
        "filter value",
        "/Users/.search",
        request.formatted("\"filter\":\"userName eq \\\"@@\\\"\""),
        secret,
        unique("no"));
    add(
        search,
        "filter value",
        "/Groups/.search",
        request.formatted("\"filter\":\"members.value eq \\\"@@\\\"\""),
        user,
        ABSENT);
    add(
        search,
        "cursor",
        "/Users/.search",
        request.formatted("\"count\":1,\"cursor\":\"@@\""),
        cursor,
        cursor.substring(1));
  }

  private void probeResources() {
    String one = " /scim/v2/{type}/{id}";
    add("GET" + one, "id", "/Users/@@", "", user, ABSENT);
    add("GET" + one, "id", "/Groups/@@", "", group, ABSENT);
    add("GET" + one, "id", "/Users/@@?attributes=userName", "", user, ABSENT);
    probes("GET" + one)
        .add(new Probe("ETag", "/Users/@@", "", "If-None-Match: " + userEtag, user, ABSENT));
    probes("GET" + one)
        .add(new Probe("ETag", "/Users/" + ownUser, "", "If-None-Match: @@", userEtag, "W/\"1\""));
    add("PUT" + one, "id", "/Users/@@", user(unique("x")), user, ABSENT);
    add("PUT" + one, "id", "/Groups/@@", groupBody("x"), group, ABSENT);
    add(
        "PUT" + one,
        "member reference",
        "/Groups/" + ownGroup,
        groupBody("x", PLACE),
        user,
        ABSENT);
    add("PUT" + one, "manager reference", "/Users/" + ownUser, managed(unique("m")), user, ABSENT);
    String title = patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}");
    add("PATCH" + one, "id", "/Users/@@", title, user, ABSENT);
    add(
        "PATCH" + one,
        "member reference",
        "/Groups/" + ownGroup,
        patchBody("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"@@\"}]}"),
        user,
        ABSENT);
    add(
        "PATCH" + one,
        "member reference",
        "/Groups/" + ownGroup,
        patchBody("{\"op\":\"remove\",\"path\":\"members[value eq \\\"@@\\\"]\"}"),
        user,
        ABSENT);
    add(
        "PATCH" + one,
        "manager reference",
        "/Users/" + ownUser,
        patchBody(
            "{\"op\":\"replace\",\"path\":\"%s:manager\",\"value\":{\"value\":\"@@\"}}"
                .formatted(ENTERPRISE)),
        user,
        ABSENT);
    add("DELETE" + one, "id", "/Users/@@", "", user, ABSENT);
    add("DELETE" + one, "id", "/Groups/@@", "", group, ABSENT);
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      String body = method.equals("PUT") ? user(unique("x")) : method.equals("PATCH") ? title : "";
      String path = "/Users/" + ownUser;
      List<Probe> probes = probes(method + one);
      probes.add(new Probe("ETag", path, body, "If-Match: @@", userEtag, "W/\"1\""));
      probes.add(new Probe("ETag", "/Users/@@", body, "If-Match: " + userEtag, user, ABSENT));
      probes.add(new Probe("ETag", "/Users/@@", body, "If-Match: *", user, ABSENT));
    }
    String members = "GET /scim/v2/{type}/{id}/{attribute}";
    add(members, "id", "/Groups/@@/members", "", group, ABSENT);
    add(members, "id", "/Users/@@/groups", "", user, ABSENT);
    add(
        members,
        "cursor",
        "/Groups/" + ownGroup + "/members?cursor=@@",
        "",
        membersCursor,
        membersCursor.substring(1));
  }

  private void probeWholeTenant() {
    String list = "GET /scim/v2/";
    add(list, "filter value", "/?filter=" + escape("id eq \"@@\""), "", user, ABSENT);
    add(list, "filter value", "/?filter=" + escape("userName eq \"@@\""), "", secret, unique("n"));
    add(list, "cursor", "/?count=1&cursor=@@", "", cursor, cursor.substring(1));
    String request = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],%s}";
    String search = "POST /scim/v2/.search";
    add(
        search,
        "filter value",
        "/.search",
        request.formatted("\"filter\":\"userName eq \\\"@@\\\"\""),
        secret,
        unique("no"));
    add(
        search,
        "cursor",
        "/.search",
        request.formatted("\"count\":1,\"cursor\":\"@@\""),
        cursor,
        cursor.substring(1));
    String title = patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}");
    addBulk("id", operation("PATCH", "/Users/@@", title));
    addBulk("id", operation("PUT", "/Users/@@", user(unique("x"))));
    addBulk("id", operation("DELETE", "/Users/@@", ""));
    addBulk("member reference", operation("POST", "/Groups", groupBody("x", PLACE)));
    addBulk("manager reference", operation("POST", "/Users", managed(unique("m"))));
    addBulk("member reference", operation("PUT", "/Groups/" + ownGroup, groupBody("x", PLACE)));
    add("GET /scim/v2/.async/{transaction}", "id", "/.async/@@", "", transaction, ABSENT);
    bearers.put(user, bearer(user));
    bearers.put(ABSENT, bearer(ABSENT));
    probes("GET /scim/v2/Me")
        .add(new Probe("subject", "/Me", "", "Authorization: Bearer @@", user, ABSENT));
  }

  private void probeHistory() {
    String one = " /scim/v2/{type}/{id}";
    String version = userEtag.replaceAll("[^0-9]*([0-9]+).*", "$1");
    for (String id : List.of(user, deleted)) {
      add("GET" + one + "/.history", "id", "/Users/@@/.history", "", id, ABSENT);
      add("POST" + one + "/.revert", "id", "/Users/@@/.revert?at=" + version, "", id, ABSENT);
      add("GET" + one, "id of the past", "/Users/@@?at=" + version, "", id, ABSENT);
    }
    String own = "/Users/" + ownUser;
    add("GET" + one, "version", own + "?at=@@", "", version, "999999999");
    add("POST" + one + "/.revert", "version", own + "/.revert?at=@@", "", version, "999999999");
  }

  private void probeDeleted() {
    for (String what : List.of(".restore", ".purge")) {
      String operation = "POST /scim/v2/{type}/{id}/" + what;
      add(operation, "id", "/Users/@@/" + what, "", deleted, ABSENT);
      add(operation, "id", "/Users/@@/" + what, "", user, ABSENT);
    }
    String erase = "DELETE /admin/v1/tenants/{tenant}/subjects/{type}/{id}";
    String subject = "/subjects/User/" + deleted;
    String none = unique("n").substring(0, 30);
    add(erase, "tenant in path", "/admin/v1/tenants/@@" + subject, "", victim.id(), none);
    for (String id : List.of(deleted, user)) {
      String mine = "/admin/v1/tenants/" + attacker.id() + "/subjects/User/@@";
      add(erase, "id", mine, "", id, ABSENT);
    }
    String typed = "/admin/v1/tenants/" + attacker.id() + "/subjects/@@/" + deleted;
    add(erase, "definition", typed, "", typeName, "Tnothing");
    String list = "GET /admin/v1/tenants/{tenant}/tombstones";
    String foreign = "/admin/v1/tenants/@@/tombstones?type=User";
    add(list, "tenant in path", foreign, "", victim.id(), unique("n").substring(0, 30));
    String own = "/admin/v1/tenants/" + attacker.id() + "/tombstones?type=User&cursor=@@";
    add(list, "cursor", own, "", deleted, ABSENT);
  }

  private void probeDefinitions() {
    String absent = unique("n").substring(0, 30);
    String own = "/admin/v1/tenants/" + attacker.id();
    String foreign = "/admin/v1/tenants/@@";
    String operation = " /admin/v1/tenants/{tenant}";
    String noUrn = "urn:example:" + ABSENT;
    Map<String, String> bodies =
        Map.of("schemas", schema(urn), "resource-types", resourceType(typeName, urn));
    bodies.forEach(
        (kind, body) -> {
          String name = kind.equals("schemas") ? urn : typeName;
          String noName = kind.equals("schemas") ? noUrn : "Tnothing";
          String path = "/" + kind;
          add("GET" + operation + path, "tenant in path", foreign + path, "", victim.id(), absent);
          add(
              "POST" + operation + path,
              "tenant in path",
              foreign + path,
              body,
              victim.id(),
              absent);
          for (String method : List.of("GET", "PUT", "DELETE")) {
            String one = method + operation + path + "/{name}";
            String sent = method.equals("PUT") ? body : "";
            add(one, "tenant in path", foreign + path + "/" + name, sent, victim.id(), absent);
            String renamed = sent.replace(name, PLACE);
            add(one, "definition", own + path + "/@@", renamed, name, noName);
          }
        });
    String load = "/schemas/.load";
    String set = "{\"set\":\"devices\"}";
    add("POST" + operation + load, "tenant in path", foreign + load, set, victim.id(), absent);
    add("GET /scim/v2/{type}", "definition", "/@@s", "", typeName, "Tnothing");
    add("POST /scim/v2/{type}", "definition", "/@@s", "{}", typeName, "Tnothing");
  }

  private static String schema(String urn) {
    return "{\"id\":\"%s\",\"attributes\":[{\"name\":\"size\",\"type\":\"integer\"}]}"
        .formatted(urn);
  }

  private static String resourceType(String name, String urn) {
    return "{\"name\":\"%s\",\"endpoint\":\"/%ss\",\"schema\":\"%s\"}".formatted(name, name, urn);
  }

  private void addBulk(String kind, String one) {
    add("POST /scim/v2/Bulk", kind, "/Bulk", bulk(one), user, ABSENT);
  }

  /** A token of a third tenant whose bearer is said to be that user. */
  private String bearer(String subject) {
    return OwnTenant.root(server())
        .post(
            "/admin/v1/tokens",
            "{\"tenant\":\"%s\",\"scopes\":[\"scim.read\",\"scim.write\"],\"subject\":\"%s\"}"
                .formatted(third.id(), subject))
        .expect(201)
        .json()
        .path("token")
        .asText();
  }

  private static String bulk(String operation) {
    return """
    {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[%s]}
    """
        .formatted(operation);
  }

  private static String operation(String method, String path, String data) {
    return "{\"method\":\"%s\",\"path\":\"%s\",\"bulkId\":\"b\"%s}"
        .formatted(method, path, data.isEmpty() ? "" : ",\"data\":" + data);
  }

  private void awaitBulk() {
    String done = "/Users?filter=" + encode("userName eq \"" + secret + "-bulk\"");
    Instant deadline = Instant.now().plusSeconds(30);
    while (victim.scim().get(done).json().path("totalResults").asInt() == 0) {
      assertThat(Instant.now()).as("the bulk request is not done").isBefore(deadline);
    }
  }

  private void probeDiscovery() {
    for (String path : List.of("ServiceProviderConfig", "Schemas", "ResourceTypes")) {
      add("GET /scim/v2/" + path, "filter value", "/" + path + "?filter=@@", "", user, ABSENT);
    }
    add("GET /scim/v2/Schemas/{urn}", "definition", "/Schemas/@@", "", urn, "urn:example:no");
    add(
        "GET /scim/v2/ResourceTypes/{name}",
        "definition",
        "/ResourceTypes/@@",
        "",
        typeName,
        "Tnothing");
  }

  private void probeTokens() {
    String tokens = "/admin/v1/tokens";
    String absent = unique("n").substring(0, 30);
    add("GET " + tokens, "tenant in query", tokens + "?tenant=@@", "", victim.id(), absent);
    add("GET " + tokens, "cursor", tokens + "?cursor=@@", "", victim.tokenId(), ABSENT);
    for (String scope : List.of("scim.read", "tenant.admin", "platform.admin")) {
      add(
          "POST " + tokens,
          "tenant in body",
          tokens,
          "{\"tenant\":\"@@\",\"scopes\":[\"" + scope + "\"]}",
          victim.id(),
          absent);
    }
    add("GET " + tokens + "/{id}", "token id", tokens + "/@@", "", victim.tokenId(), ABSENT);
    add("DELETE " + tokens + "/{id}", "token id", tokens + "/@@", "", victim.tokenId(), ABSENT);
  }

  private void probeTenants() {
    String tenants = "/admin/v1/tenants";
    String absent = unique("n").substring(0, 30);
    add("GET " + tenants, "cursor", tenants + "?cursor=@@", "", "a" + victim.id(), "a" + absent);
    add("POST " + tenants, "tenant in body", tenants, "{\"id\":\"@@\"}", victim.id(), absent);
    String one = tenants + "/{tenant}";
    add("GET " + one, "tenant in path", tenants + "/@@", "", victim.id(), absent);
    String etag = OwnTenant.root(server()).get(tenants + "/" + victim.id()).expect(200).etag();
    probes("GET " + one)
        .add(new Probe("ETag", tenants + "/@@", "", "If-None-Match: " + etag, victim.id(), absent));
    String patch = "{\"displayName\":\"x\"}";
    add("PATCH " + one, "tenant in path", tenants + "/@@", patch, victim.id(), absent);
    probes("PATCH " + one)
        .add(new Probe("ETag", tenants + "/@@", patch, "If-Match: " + etag, victim.id(), absent));
    add("DELETE " + one, "tenant in path", tenants + "/@@?confirm=@@", "", victim.id(), absent);
    probes("DELETE " + one)
        .add(
            new Probe(
                "ETag", tenants + "/@@?confirm=@@", "", "If-Match: " + etag, victim.id(), absent));
  }

  private void probeIssuers() {
    String absent = unique("n").substring(0, 30);
    String issuers = "/admin/v1/tenants/{tenant}/issuers";
    String foreign = "/admin/v1/tenants/@@/issuers";
    String own = "/admin/v1/tenants/" + attacker.id() + "/issuers";
    String body = provider.registration();
    String other = body.replace(IdentityProvider.AUDIENCE, unique("aud"));
    add("GET " + issuers, "tenant in path", foreign, "", victim.id(), absent);
    add("GET " + issuers, "cursor", own + "?cursor=@@", "", issuer, ABSENT);
    add("POST " + issuers, "tenant in path", foreign, other, victim.id(), absent);
    // may not be told that the issuer is taken
    add(
        "POST " + issuers,
        "issuer",
        own,
        body.replace(provider.name(), PLACE),
        provider.name(),
        "https://no.example.com");
    for (String method : List.of("GET", "PUT", "DELETE")) {
      String operation = method + " " + issuers + "/{id}";
      String sent = method.equals("PUT") ? other : "";
      add(operation, "tenant in path", foreign + "/" + issuer, sent, victim.id(), absent);
      add(operation, "issuer", own + "/@@", sent, issuer, ABSENT);
    }
  }

  private static String receivers(OwnTenant tenant) {
    return "/admin/v1/tenants/" + tenant.id() + "/receivers";
  }

  private void probeReceivers() {
    String all = "/admin/v1/tenants/{tenant}/receivers";
    String absent = unique("n").substring(0, 30);
    String foreign = "/admin/v1/tenants/@@/receivers";
    String own = receivers(attacker);
    String body = "{\"endpoint\":\"" + HOOK + "\"}";
    add("GET " + all, "tenant in path", foreign, "", victim.id(), absent);
    add(
        "GET " + all,
        "cursor",
        own + "?cursor=@@",
        "",
        receiver,
        receiver.replaceAll("[0-9]", "0"));
    add("POST " + all, "tenant in path", foreign, body, victim.id(), absent);
    String typed = "{\"endpoint\":\"" + HOOK + "\",\"collections\":[\"@@\"]}";
    add("POST " + all, "definition", own, typed, typeName, "Tnothing");
    Map<String, String> operations =
        Map.of(
            "GET /{id}", "",
            "PATCH /{id}", "{\"content\":\"notice\"}",
            "DELETE /{id}", "",
            "POST /{id}/.test", "{}",
            "POST /{id}/.replay", "{\"after\":\"start\"}",
            "GET /{id}/dead-letters", "",
            "POST /{id}/dead-letters/.replay-all", "{}",
            "DELETE /{id}/dead-letters/{letter}", "",
            "POST /{id}/dead-letters/{letter}/.replay", "{}");
    operations.forEach(
        (operation, sent) -> {
          String method = operation.substring(0, operation.indexOf(' '));
          String rest = operation.substring(operation.indexOf('/'));
          String named = method + " " + all + rest;
          String path = rest.replace("{letter}", "1");
          String theirs = foreign + path.replace("{id}", receiver);
          add(named, "tenant in path", theirs, sent, victim.id(), absent);
          add(named, "receiver", own + path.replace("{id}", PLACE), sent, receiver, ABSENT);
          probes(named)
              .add(
                  new Probe(
                      "ETag",
                      own + path.replace("{id}", PLACE),
                      sent,
                      "If-Match: " + receiverEtag,
                      receiver,
                      ABSENT));
        });
    add(
        "GET " + all + "/{id}/dead-letters",
        "cursor",
        own + "/" + ownReceiver + "/dead-letters?cursor=@@",
        "",
        "1",
        "99");
  }

  private void probeExplanations() {
    String explain = "POST /admin/v1/tenants/{tenant}/.explain";
    String absent = unique("n").substring(0, 30);
    String list = "{\"method\":\"GET\",\"path\":\"/Users\"}";
    add(explain, "tenant in path", "/admin/v1/tenants/@@/.explain", list, victim.id(), absent);
    String own = "/admin/v1/tenants/" + attacker.id() + "/.explain";
    for (String method : List.of("GET", "DELETE")) {
      String one = "{\"method\":\"" + method + "\",\"path\":\"/Users/@@\"}";
      add(explain, "id", own, one, user, ABSENT);
    }
    String write = "{\"method\":\"%s\",\"path\":\"%s\",\"body\":%s}";
    String title = patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}");
    add(explain, "id", own, write.formatted("PATCH", "/Users/@@", title), user, ABSENT);
    add(explain, "id", own, write.formatted("PUT", "/Users/@@", user(unique("x"))), user, ABSENT);
    String member = write.formatted("POST", "/Groups", groupBody("x", PLACE));
    add(explain, "member reference", own, member, user, ABSENT);
    String named = write.formatted("POST", "/Users", user(PLACE));
    add(explain, "unique value", own, named, secret, unique("no"));
    String paged = "{\"method\":\"GET\",\"path\":\"/Users?count=1&cursor=@@\"}";
    add(explain, "cursor", own, paged, cursor, cursor.substring(1));
  }

  private void probeFeed() {
    String events = "/storage/v1/events";
    String consumers = "/storage/v1/consumers";
    String absent = unique("n").substring(0, 30);
    add("GET " + events, "tenant in query", events + "?tenant=@@", "", victim.id(), absent);
    add("GET " + events, "definition", events + "?collection=@@", "", typeName, "Tnothing");
    add("GET " + events, "consumer", events + "?consumer=@@", "", consumer, "Cnothing");
    for (String query : List.of("?after=end&tenant=@@", "?after=end&consumer=@@")) {
      boolean named = query.contains("tenant");
      probes("GET " + events)
          .add(
              new Probe(
                  "stream",
                  events + query.replace(named ? "" : "after=end&", ""),
                  "",
                  "Accept: text/event-stream",
                  named ? victim.id() : consumer,
                  named ? absent : "Cnothing"));
    }
    add("GET " + consumers, "tenant in query", consumers + "?tenant=@@", "", victim.id(), absent);
    add("GET " + consumers, "cursor", consumers + "?cursor=@@", "", consumer, "Cnothing");
    for (String method : List.of("GET", "PUT", "DELETE")) {
      String one = method + " " + consumers + "/{name}";
      String body = method.equals("PUT") ? "{\"position\":\"0\"}" : "";
      String named = consumers + "/" + consumer + "?tenant=@@";
      add(one, "tenant in query", named, body, victim.id(), absent);
      String match = method.equals("GET") ? "" : "If-Match: " + consumerEtag;
      probes(one).add(new Probe("consumer", consumers + "/@@", body, match, consumer, "Cnothing"));
    }
  }

  private void probeSecurityEvents() {
    String poll = "POST /events/v1/streams/{stream}/poll";
    String body = "{\"returnImmediately\":true,\"ack\":[\"" + ABSENT + "\"]}";
    String absent = unique("n").substring(0, 30);
    add(poll, "stream", "/events/v1/streams/@@/poll", body, stream, ABSENT);
    String named = "/events/v1/streams/" + stream + "/poll?tenant=@@";
    add(poll, "tenant in query", named, body, victim.id(), absent);
    String rotate = "/admin/v1/signing-keys/.rotate";
    add("POST " + rotate, "tenant in query", rotate + "?tenant=@@", "{}", victim.id(), absent);
  }

  private void probeReadModels() {
    String absent = unique("n").substring(0, 30);
    for (String path :
        List.of(
            "/storage/v1/roots", "/storage/v1/reports/counts", "/storage/v1/reports/inactive")) {
      add("GET " + path, "tenant in query", path + "?tenant=@@", "", victim.id(), absent);
    }
    String inactive = "/storage/v1/reports/inactive";
    add("GET " + inactive, "definition", inactive + "?collection=@@", "", typeName, "Tnothing");
    String history = "/storage/v1/history";
    String ofOne = "GET " + history + "/{collection}/{id}";
    String version = userEtag.replaceAll("[^0-9]*([0-9]+).*", "$1");
    for (String id : List.of(user, deleted)) {
      for (String query : List.of("", "?at=" + version)) {
        add(ofOne, "id", history + "/User/@@" + query, "", id, ABSENT);
      }
      add(
          ofOne,
          "tenant in query",
          history + "/User/" + id + "?tenant=@@",
          "",
          victim.id(),
          absent);
    }
    add(ofOne, "version", history + "/User/" + ownUser + "?at=@@", "", version, "999999999");
    String audit = "/admin/v1/tenants/@@/audit";
    add("GET /admin/v1/tenants/{tenant}/audit", "tenant in path", audit, "", victim.id(), absent);
  }

  private void probeProjections() {
    String projections = "/storage/v1/projections";
    String absent = unique("n").substring(0, 30);
    String listed = projections + "?tenant=@@";
    add("GET " + projections, "tenant in query", listed, "", victim.id(), absent);
    String metrics = "/storage/v1/metrics";
    add("GET " + metrics, "tenant in query", metrics + "?tenant=@@", "", victim.id(), absent);
    String one = projections + "/{name}";
    add("GET " + one, "projection", projections + "/@@", "", "documents", absent);
    String paused = "{\"state\":\"paused\"}";
    add("PATCH " + one, "projection", projections + "/@@", paused, "documents", absent);
    for (String command : List.of("/.rebuild", "/.verify")) {
      String path = projections + "/@@" + command;
      add("POST " + one + command, "projection", path, "", "documents", absent);
    }
  }

  private void probeWriteBehind() {
    String absent = unique("n").substring(0, 30);
    String view = "/admin/v1/write-behind";
    String letters = view + "/dead-letters";
    add("GET " + view, "tenant in query", view + "?tenant=@@", "", victim.id(), absent);
    add("GET " + letters, "tenant in query", letters + "?tenant=@@", "", victim.id(), absent);
    String one = letters + "/{letter}";
    add("GET " + one, "letter", letters + "/@@", "", "1", "999999");
    add("DELETE " + one, "letter", letters + "/@@", "", "1", "999999");
    add("POST " + one + "/.retry", "letter", letters + "/@@/.retry", "", "1", "999999");
  }

  private void probeCaches() {
    String absent = unique("n").substring(0, 30);
    String caches = "/storage/v1/caches";
    String one = caches + "/{cache}";
    String entries = caches + "/private/entries";
    victim.admin().put(entries + "/" + secret, secret).expect(204);
    add("GET " + caches, "tenant in query", caches + "?tenant=@@", "", victim.id(), absent);
    add("GET " + one, "cache", caches + "/@@", "", "private", absent);
    add("GET " + one + "/entries", "cache", caches + "/@@/entries", "", "private", absent);
    add("DELETE " + one + "/entries", "cache", caches + "/@@/entries", "", "private", absent);
    add("POST " + one + "/.cleanup", "cache", caches + "/@@/.cleanup", "", "private", absent);
    String key = one + "/entries/{key}";
    add("GET " + key, "key", entries + "/@@", "", secret, absent);
    add("DELETE " + key, "key", entries + "/@@", "", secret, absent);
    String ofVictim = entries + "/k?tenant=@@";
    add("GET " + key, "tenant in query", ofVictim, "", victim.id(), absent);
    add("PUT " + key, "tenant in query", ofVictim, "{}", victim.id(), absent);
    add("DELETE " + key, "tenant in query", ofVictim, "", victim.id(), absent);
  }

  /** What every operation is tried with: the tenant's path by other credentials, or by none. */
  private void everyOperation(String operation, String path) {
    String method = operation.substring(0, operation.indexOf(' '));
    String absent = unique("n").substring(0, 30);
    if (path.startsWith(SCIM_BASE)) {
      String rest = path.substring(SCIM_BASE.length());
      for (String token : List.of(attacker.token(), server().token())) {
        Probe probe =
            new Probe("credential", "/t/@@/scim/v2" + rest, "{}", "", victim.id(), absent);
        attempt(operation, probe, new ScimClient(server().url(), token));
      }
      Probe byJwt = new Probe("JWT", "/t/@@/scim/v2" + rest, "{}", "", attacker.id(), absent);
      attempt(operation, byJwt, new ScimClient(server().url(), jwt));
      Probe nobody =
          new Probe("no credential", "/t/@@/scim/v2" + rest, "{}", "", victim.id(), absent);
      attempt(operation, nobody, new ScimClient(server().url(), "").without("Authorization"));
    } else {
      ScimResponse refused =
          send(new ScimClient(server().url(), "").without("Authorization"), method, path, "{}");
      assertThat(refused.status()).as("%s without a credential", operation).isEqualTo(401);
      ScimResponse byJwt = send(new ScimClient(server().url(), jwt), method, path, "{}");
      assertThat(byJwt.status()).as("%s by a JWT of a user", operation).isIn(400, 403);
      tried += 2;
    }
  }

  private void attempt(String operation, Probe probe) {
    boolean scim = operation.contains(SCIM_BASE);
    attempt(operation, probe, scim ? attacker.scim() : attacker.admin());
  }

  private void attempt(String operation, Probe probe, ScimClient client) {
    String method = operation.substring(0, operation.indexOf(' '));
    ScimResponse hit = send(client, method, probe, probe.foreign());
    ScimResponse miss = send(client, method, probe, probe.absent());
    String what = operation + " with a foreign " + probe.kind() + ": " + probe;
    assertThat(hit.status()).as(what + hit.text()).isEqualTo(miss.status());
    String told = plain(hit.text(), probe.foreign());
    assertThat(told).as(what).isEqualTo(plain(miss.text(), probe.absent()));
    assertThat(told).as(what).doesNotContain(secret, user, group, victim.tokenId(), issuer);
    assertThat(hit.headers().map().keySet()).as(what).isEqualTo(miss.headers().map().keySet());
    assertThat(hit.status()).as(what).isNotEqualTo(304).isLessThan(500);
    tried++;
  }

  private ScimResponse send(ScimClient client, String method, Probe probe, String thing) {
    ScimClient used = client;
    if (!probe.header().isEmpty()) {
      int colon = probe.header().indexOf(':');
      used =
          client.with(
              probe.header().substring(0, colon),
              probe
                  .header()
                  .substring(colon + 2)
                  .replace(PLACE, bearers.getOrDefault(thing, thing)));
    }
    return send(
        used, method, probe.path().replace(PLACE, thing), probe.body().replace(PLACE, thing));
  }

  private static ScimResponse send(ScimClient client, String method, String path, String body) {
    boolean bodyless = method.equals("GET") || method.equals("DELETE");
    return bodyless
        ? method.equals("GET") ? client.get(path) : client.delete(path)
        : client.sendJson(method, path, body);
  }

  /** An answer without what differs from request to request anyway. */
  private static String plain(String text, String thing) {
    // as a word: a short version may be a part of an id
    return text.replaceAll("(?<![A-Za-z0-9])" + Pattern.quote(thing) + "(?![A-Za-z0-9])", "#")
        .replace(thing.length() < 6 ? PLACE : encode(thing), "#")
        .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"\"");
  }

  /** The protected operations of /openapi, and a path of each that the victim has. */
  private Map<String, String> operations() {
    JsonNode paths =
        new ScimClient(server().url(), "")
            .without("Authorization")
            .with("Accept", "application/json")
            .get("/openapi?format=JSON")
            .expect(200)
            .json()
            .path("paths");
    Map<String, String> examples =
        new HashMap<>(
            Map.of(
                "{type}",
                "Users",
                "{id}",
                user,
                "{letter}",
                "1",
                "{urn}",
                USER,
                "{name}",
                "User",
                "{attribute}",
                "groups",
                "{collection}",
                "User",
                "{transaction}",
                transaction,
                "{stream}",
                stream,
                "{tenant}",
                victim.id()));
    examples.put("{cache}", "private");
    examples.put("{key}", "k");
    Map<String, String> operations = new TreeMap<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (method.matches("get|put|post|patch|delete")
                              && path.getKey().matches("/(scim|admin|storage|control|events)/.*")) {
                            String example = path.getKey();
                            for (Map.Entry<String, String> each : examples.entrySet()) {
                              example = example.replace(each.getKey(), each.getValue());
                            }
                            operations.put(
                                method.toUpperCase(Locale.ROOT) + " " + path.getKey(), example);
                          }
                        }));
    return operations;
  }

  private String state() {
    ScimClient root = OwnTenant.root(server());
    return String.join(
        "\n",
        victim.scim().get("/Users?sortBy=id").expect(200).text(),
        victim.scim().get("/Groups?sortBy=id").expect(200).text(),
        root.get("/admin/v1/tenants/" + victim.id()).expect(200).text(),
        root.get("/admin/v1/tenants/" + victim.id() + "/issuers").expect(200).text(),
        root.get("/admin/v1/tenants/" + victim.id() + "/schemas").expect(200).text(),
        root.get("/admin/v1/tenants/" + victim.id() + "/tombstones?type=User").expect(200).text(),
        root.get(receivers(victim)).expect(200).text(),
        root.get("/storage/v1/consumers?tenant=" + victim.id()).expect(200).text(),
        root.get("/storage/v1/caches/private/entries?tenant=" + victim.id()).expect(200).text(),
        root.get("/storage/v1/events?limit=1000&tenant=" + victim.id())
            .expect(200)
            .json()
            .path("items")
            .toString(),
        root.get("/admin/v1/tokens?tenant=" + victim.id())
            .expect(200)
            .text()
            .replaceAll(",?\"lastUsed\":\"[^\"]*\"", ""));
  }

  private void add(
      String operation, String kind, String path, String body, String foreign, String absent) {
    probes(operation).add(new Probe(kind, path, body, "", foreign, absent));
  }

  private List<Probe> probes(String operation) {
    return walk.computeIfAbsent(operation, each -> new ArrayList<>());
  }

  /** A filter in a URL, but for the place of the value. */
  private static String escape(String filter) {
    return encode(filter).replace(encode(PLACE), PLACE);
  }

  private static String groupBody(String name, String... members) {
    List<String> values = new ArrayList<>();
    for (String member : members) {
      values.add("{\"value\":\"" + member + "\"}");
    }
    return "{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[%s]}"
        .formatted(GROUP, name, String.join(",", values));
  }

  private static String managed(String userName) {
    return """
    {"schemas":["%s","%s"],"userName":"%s","%s":{"manager":{"value":"@@"}}}
    """
        .formatted(USER, ENTERPRISE, userName, ENTERPRISE);
  }

  private static String text(ScimResponse response, String member) {
    String text = response.expect(200).json().path(member).asText();
    assertThat(text).isNotEmpty();
    return text;
  }
}
