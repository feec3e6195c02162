package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Consumers of the change feed: how far each is, and who may say so. */
class ConsumersIT extends Protocol {
  private static final String CONSUMERS = "/storage/v1/consumers";
  private final OwnTenant tenant = OwnTenant.create(server(), unique("n").substring(0, 30));

  @Test
  void consumerReadsOnWhereItHasGotTo() {
    tenant.scim().post("/Users", user("u0")).expect(201);
    tenant.scim().post("/Users", user("u1")).expect(201);
    ScimResponse created = save("billing", "0", "").expect(201);
    assertThat(created.json().path("name").asText()).isEqualTo("billing");
    ScimResponse page = read("billing", 1);
    assertThat(userName(page)).isEqualTo("u0");
    save("billing", page.json().path("next").asText(), created.etag()).expect(200);
    page = read("billing", 1);
    assertThat(userName(page)).isEqualTo("u1");
    ScimResponse got = tenant.admin().get(CONSUMERS + "/billing").expect(200);
    assertThat(got.etag()).isNotEqualTo(created.etag());
    assertThat(got.json().path("updated").asText()).endsWith("Z");
    save("billing", "end", got.etag()).expect(200);
    assertThat(read("billing", 10).json().path("items")).isEmpty();
    String all = "?consumer=billing&limit=10";
    tenant.scim().post("/Users", user("u2")).expect(201);
    try (EventReader reader =
        EventReader.open(server().url().resolve("/storage/v1/events" + all), tenant.token(), "")) {
      assertThat(reader.next().item().at("/content/document/userName").asText()).isEqualTo("u2");
    }
  }

  @Test
  void ofTwoWorkersOneIsToldThatTheOtherWasFaster() {
    String seen = save("a", "5", "").expect(201).etag();
    save("a", "9", seen).expect(200);
    ScimResponse late = save("a", "7", seen);
    assertThat(late.status()).as(late.text()).isEqualTo(412);
    assertThat(late.header("Content-Type")).startsWith("application/problem+json");
    save("a", "7", "").expect(428);
    ScimResponse now = tenant.admin().get(CONSUMERS + "/a").expect(200);
    assertThat(now.json().path("position").asText()).isEqualTo("9");
    save("a", "1", "*").expect(200);
    save("b", "1", "*").expect(412);
    save("b", "1", seen).expect(412);
  }

  @Test
  void consumersAreListedAndForgotten() {
    for (String name : List.of("c", "a", "b")) {
      save(name, "1", "").expect(201);
    }
    ScimResponse first = tenant.admin().get(CONSUMERS + "?limit=2").expect(200);
    assertThat(first.json().at("/items/0/name").asText()).isEqualTo("a");
    assertThat(first.json().path("nextCursor").asText()).isEqualTo("b");
    ScimResponse rest = tenant.admin().get(CONSUMERS + "?limit=2&cursor=b").expect(200);
    assertThat(rest.json().at("/items/0/name").asText()).isEqualTo("c");
    assertThat(rest.json().has("nextCursor")).isFalse();
    tenant.admin().with("If-Match", "W/\"0\"").delete(CONSUMERS + "/a").expect(412);
    tenant.admin().delete(CONSUMERS + "/a").expect(204);
    tenant.admin().delete(CONSUMERS + "/a").expect(404);
    tenant.admin().get(CONSUMERS + "/a").expect(404);
  }

  @Test
  void consumersOfAnotherTenantAreNotThere() {
    OwnTenant other = OwnTenant.create(server(), unique("o").substring(0, 30));
    save("mine", "1", "").expect(201);
    other.admin().get(CONSUMERS + "/mine").expect(404);
    other.admin().get(CONSUMERS + "/mine?tenant=" + tenant.id()).expect(404);
    other.admin().get("/storage/v1/events?consumer=mine").expect(404);
    ScimClient root = OwnTenant.root(server());
    root.get(CONSUMERS + "/mine?tenant=" + tenant.id()).expect(200);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String body :
        List.of(
            "{}",
            "[]",
            "nonsense",
            "{\"position\":5}",
            "{\"position\":null}",
            "{\"position\":\"5x\"}",
            "{\"position\":\"5\",\"more\":1}",
            "{\"position\":\"99999999999999999999\"}")) {
      ScimResponse refused = tenant.admin().sendJson("PUT", CONSUMERS + "/a", body);
      assertThat(refused.status()).as(body + refused.text()).isEqualTo(400);
    }
    for (String name : List.of("-a", ".a", "a%20b", "a%00", "%C3%A4", "x".repeat(65))) {
      ScimResponse refused = save(name, "1", "");
      assertThat(refused.status()).as(name + refused.text()).isEqualTo(400);
      assertThat(refused.text()).doesNotContainPattern("(?i)exception|org\\.muster|select ");
      assertThat(tenant.admin().get(CONSUMERS + "/" + name).status()).isIn(400, 404);
    }
    save("a", "1", "nonsense").expect(400);
    tenant.admin().get(CONSUMERS + "?limit=0").expect(400);
    assertThat(tenant.admin().get(CONSUMERS).expect(200).json().path("items")).isEmpty();
  }

  private ScimResponse save(String name, String position, String ifMatch) {
    ScimClient client = tenant.admin();
    return (ifMatch.isEmpty() ? client : client.with("If-Match", ifMatch))
        .sendJson("PUT", CONSUMERS + "/" + name, "{\"position\":\"" + position + "\"}");
  }

  private ScimResponse read(String consumer, int limit) {
    return tenant
        .admin()
        .get("/storage/v1/events?consumer=" + consumer + "&limit=" + limit)
        .expect(200);
  }

  private static String userName(ScimResponse page) {
    return page.json().at("/items/0/content/document/userName").asText();
  }
}
