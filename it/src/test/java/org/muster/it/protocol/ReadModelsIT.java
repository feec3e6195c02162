package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.it.ScimResponse;

/** What is made of the events: state roots, counts, reports, and the history of a document. */
@Timeout(120)
class ReadModelsIT extends Protocol {
  private static final String ROOTS = "/storage/v1/roots";
  private static final String COUNTS = "/storage/v1/reports/counts";
  private static final String INACTIVE = "/storage/v1/reports/inactive";

  private final OwnTenant tenant = OwnTenant.create(server(), unique("m").substring(0, 30));

  @Test
  void rootIsWhatItWasWhenTheContentIs() {
    assertThat(items(ROOTS)).isEmpty();
    String id = create("ann", true);
    waitUntil(() -> root("User").isPresent());
    JsonNode first = root("User").orElseThrow();
    assertThat(first.path("root").asText()).matches("[0-9a-f]{64}");
    assertThat(first.path("count").asInt()).isEqualTo(1);
    change(id, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Boss\"}");
    waitUntil(() -> !root("User").equals(Optional.of(first)));
    change(id, "{\"op\":\"remove\",\"path\":\"title\"}");
    waitUntil(() -> root("User").equals(Optional.of(first)));
    String other = create("bob", true);
    String group =
        tenant
            .scim()
            .post(
                "/Groups",
                "{\"schemas\":[\"%s\"],\"displayName\":\"g\",\"members\":[{\"value\":\"%s\"}]}"
                    .formatted(GROUP, id))
            .expect(201)
            .id();
    waitUntil(() -> root("Group").map(of -> of.path("links").asInt()).orElse(0) == 1);
    tenant.scim().delete("/Groups/" + group).expect(204);
    tenant.scim().delete("/Users/" + other).expect(204);
    waitUntil(() -> root("User").equals(Optional.of(first)) && count(ROOTS, "Group", "count") == 0);
    tenant.scim().post("/Users/" + other + "/.restore", "").expect(200);
    waitUntil(() -> count(ROOTS, "User", "count") == 2);
  }

  @Test
  void resourcesAreCountedByWhatTheyAre() {
    String ann = create("ann", true);
    create("bob", false);
    String cid = create("cid", true);
    waitUntil(() -> count(COUNTS, "User", "count") == 3);
    assertThat(count(COUNTS, "User", "active")).isEqualTo(2);
    change(ann, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    waitUntil(() -> count(COUNTS, "User", "inactive") == 2);
    tenant.scim().delete("/Users/" + cid).expect(204);
    waitUntil(() -> count(COUNTS, "User", "count") == 2);
    assertThat(count(COUNTS, "User", "active")).isZero();
  }

  @Test
  void inactiveUsersAreListedByTheirLastChange() {
    String ann = create("ann", false);
    String bob = create("bob", false);
    create("cid", true);
    waitUntil(() -> items(INACTIVE).size() == 2);
    change(ann, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}");
    waitUntil(() -> items(INACTIVE).get(1).path("id").asText().equals(ann));
    ScimResponse page = tenant.admin().get(INACTIVE + "?limit=1").expect(200);
    assertThat(page.json().at("/items/0/id").asText()).isEqualTo(bob);
    String next = page.json().path("nextCursor").asText();
    assertThat(items(INACTIVE + "?limit=1&cursor=" + next))
        .extracting(item -> item.path("id").asText())
        .containsExactly(ann);
    assertThat(items(INACTIVE + "?active=any")).hasSize(3);
    assertThat(items(INACTIVE + "?active=true")).hasSize(1);
    assertThat(items(INACTIVE + "?before=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(items(INACTIVE + "?collection=Group")).isEmpty();
  }

  @Test
  void historyOfADocumentIsToldAndWhatItWas() {
    String id = create("ann", true);
    String created =
        tenant.scim().get("/Users/" + id).expect(200).json().at("/meta/version").asText();
    change(id, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Boss\"}");
    tenant.scim().delete("/Users/" + id).expect(204);
    String path = "/storage/v1/history/User/" + id;
    List<JsonNode> items = items(path);
    assertThat(items)
        .extracting(item -> item.path("type").asText())
        .containsExactly("deleted", "patched", "created");
    JsonNode page = tenant.admin().get(path + "?limit=2").expect(200).json();
    assertThat(page.path("items")).hasSize(2);
    assertThat(items(path + "?cursor=" + page.path("nextCursor").asText()))
        .extracting(item -> item.path("type").asText())
        .containsExactly("created");
    String version = created.replaceAll("[^0-9]*([0-9]+).*", "$1");
    JsonNode then = tenant.admin().get(path + "?at=" + version).expect(200).json();
    assertThat(then.path("state").asText()).isEqualTo("live");
    assertThat(then.at("/document/userName").asText()).isEqualTo("ann");
    assertThat(then.at("/document").has("title")).isFalse();
    JsonNode last =
        tenant.admin().get(path + "?at=" + items.get(0).path("time").asText()).expect(200).json();
    assertThat(last.path("state").asText()).isEqualTo("deleted");
    tenant.admin().get(path + "?at=2020-01-01T00:00:00Z").expect(404);
    tenant.admin().get(path + "?at=" + version + "0").expect(404);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String path :
        List.of(
            INACTIVE + "?active=maybe",
            INACTIVE + "?before=yesterday",
            INACTIVE + "?before=%2B999999999-12-31T23:59:59Z",
            INACTIVE + "?cursor=x",
            INACTIVE + "?cursor=1-%00",
            INACTIVE + "?limit=0",
            INACTIVE + "?collection=Nothing",
            "/storage/v1/history/User/x?cursor=-1",
            "/storage/v1/history/User/x?at=yesterday",
            "/storage/v1/history/User/x?limit=5000")) {
      ScimResponse refused = tenant.admin().get(path);
      assertThat(refused.status()).as(path + refused.text()).isEqualTo(400);
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }
    for (String path : List.of("User/nobody", "%24secret/x", "Nothing/x", "User/%2e%2e")) {
      ScimResponse unknown = tenant.admin().get("/storage/v1/history/" + path);
      assertThat(unknown.status()).as(path + unknown.text()).isIn(400, 404);
    }
    String reader =
        OwnTenant.issue(server(), tenant.id(), List.of("scim.read")).json().path("token").asText();
    for (String path : List.of(ROOTS, COUNTS, INACTIVE, "/storage/v1/history/User/x")) {
      assertThat(tenant.admin().as(reader).get(path).status()).as(path).isEqualTo(403);
    }
  }

  private String create(String userName, boolean active) {
    return tenant
        .scim()
        .post(
            "/Users",
            "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"active\":%b}"
                .formatted(USER, userName, active))
        .expect(201)
        .id();
  }

  private void change(String id, String operation) {
    tenant.scim().sendJson("PATCH", "/Users/" + id, patchBody(operation)).expect(204);
  }

  private List<JsonNode> items(String path) {
    JsonNode items = tenant.admin().get(path).expect(200).json().path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  private Optional<JsonNode> root(String collection) {
    return items(ROOTS).stream()
        .filter(item -> item.path("collection").asText().equals(collection))
        .findFirst();
  }

  private int count(String path, String collection, String what) {
    return items(path).stream()
        .filter(item -> item.path("collection").asText().equals(collection))
        .findFirst()
        .orElse(JsonNodeFactory.instance.objectNode())
        .path(what)
        .asInt();
  }

  private static void waitUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
