package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.it.ScimClient;
import org.muster.it.ScimResponse;

/** Receivers over HTTP: what they get, and how they are administered. */
class WebhooksIT extends Protocol {
  private final OwnTenant tenant = OwnTenant.create(server(), unique("w").substring(0, 30));
  private final String receivers = "/admin/v1/tenants/" + tenant.id() + "/receivers";
  private final HookServer hooks = new HookServer();

  @AfterEach
  void stop() {
    hooks.close();
  }

  @Test
  void receiverGetsWhatRequestsDoInOrderAndSigned() {
    ScimResponse made = create("");
    String secret = made.json().path("secret").asText();
    String user = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    for (int i = 0; i < 5; i++) {
      tenant
          .scim()
          .patchOperations(
              "/Users/" + user, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + i + "\"}");
    }
    tenant.scim().delete("/Users/" + user).expect(204);
    List<HookServer.Hook> got = hooks.await(user, 7);
    assertThat(got)
        .extracting(HookServer.Hook::type)
        .containsExactly(
            "created", "patched", "patched", "patched", "patched", "patched", "deleted");
    assertThat(got).allMatch(hook -> hook.isSignedWith(secret));
    assertThat(got).allMatch(hook -> hook.id().equals(hook.json().path("id").asText()));
    JsonNode feed = tenant.admin().get("/storage/v1/events?limit=1000").expect(200).json();
    for (HookServer.Hook hook : got) {
      assertThat(feed.path("items")).contains(hook.json());
    }
    String metrics =
        new ScimClient(server().url(), "").without("Authorization").get("/metrics").text();
    assertThat(metrics)
        .contains("muster_delivery_total{")
        .contains("muster_delivery_seconds_count{")
        .contains("muster_delivery_lag_seconds{")
        .contains("muster_delivery_noted{")
        .doesNotContain(tenant.id())
        .doesNotContain(made.id());
    JsonNode status = shown(made.id()).json().path("status");
    await(() -> shown(made.id()).json().at("/status/delivered").asInt() >= 7);
    assertThat(status.path("dead").asInt()).isZero();
    assertThat(shown(made.id()).json().at("/status/lagSeconds").asInt()).isZero();
  }

  @Test
  void onlyWhatIsWantedArrivesAndOfANoticeNoContent() {
    create(",\"types\":[\"deleted\"],\"collections\":[\"User\"],\"content\":\"notice\"");
    String user = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    tenant.scim().delete("/Users/" + user).expect(204);
    List<HookServer.Hook> got = hooks.await(user, 1);
    assertThat(got).extracting(HookServer.Hook::type).containsExactly("deleted");
    assertThat(got.get(0).json().has("content")).isFalse();
    assertThat(hooks.all).hasSize(1);
  }

  @Test
  void secretIsShownOnceAndTakenOver() {
    ScimResponse made = create("");
    String old = made.json().path("secret").asText();
    assertThat(shown(made.id()).text()).doesNotContain("whsec_");
    String next = "whsec_" + "QUJD".repeat(8);
    ScimResponse patched =
        patch(made, "{\"secrets\":[\"" + next + "\",\"" + old + "\"]}").expect(200);
    assertThat(patched.text()).doesNotContain("whsec_");
    assertThat(patched.json().path("secretCount").asInt()).isEqualTo(2);
    String user = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    HookServer.Hook hook = hooks.await(user, 1).get(0);
    assertThat(hook.isSignedWith(old)).isTrue();
    assertThat(hook.isSignedWith(next)).isTrue();
  }

  @Test
  void eventThatIsRefusedBecomesADeadLetterWhileOthersGoOn() {
    ScimResponse made = create("");
    hooks.status = hook -> hook.body().contains("refused-") ? 422 : 204;
    String refused = tenant.scim().post("/Users", user(unique("refused-"))).expect(201).id();
    String other = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    hooks.await(other, 1);
    String letters = receivers + "/" + made.id() + "/dead-letters";
    await(() -> !tenant.admin().get(letters).expect(200).json().path("items").isEmpty());
    JsonNode letter = tenant.admin().get(letters).json().at("/items/0");
    assertThat(letter.path("resourceId").asText()).isEqualTo(refused);
    assertThat(letter.path("error").asText()).isEqualTo("The receiver has answered 422");
    JsonNode status = shown(made.id()).json().path("status");
    assertThat(status.path("dead").asInt()).isEqualTo(1);
    assertThat(status.at("/lastError/detail").asText()).contains("422");

    hooks.status = hook -> 204;
    String one = letters + "/" + letter.path("id").asText();
    tenant.admin().post(one + "/.replay", "{}").expect(204);
    hooks.await(refused, 1);
    await(() -> shown(made.id()).json().at("/status/held").asInt() == 0);
    tenant.admin().post(one + "/.replay", "{}").expect(404);
    tenant.admin().delete(one).expect(404);
    ScimResponse none = tenant.admin().post(letters + "/.replay-all", "{}").expect(200);
    assertThat(none.json().path("replayed").asInt()).isZero();
  }

  @Test
  void receiverThatIsGoneIsPausedAndGetsTheRestWhenItIsBack() {
    ScimResponse made = create("");
    hooks.status = hook -> 410;
    String user = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    await(() -> shown(made.id()).json().path("state").asText().equals("paused"));
    hooks.status = hook -> 204;
    patch(made, "{\"state\":\"enabled\"}").expect(412);
    patch(shown(made.id()), "{\"state\":\"enabled\"}").expect(200);
    assertThat(hooks.await(user, 1)).hasSize(1);
  }

  @Test
  void receiverThatIsDownGetsAllInOrderWhenItIsBack() {
    create("");
    hooks.status = hook -> 500;
    String user = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    tenant
        .scim()
        .patchOperations("/Users/" + user, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}");
    await(() -> !hooks.all.isEmpty());
    hooks.status = hook -> 204;
    assertThat(hooks.await(user, 2))
        .extracting(HookServer.Hook::type)
        .containsExactly("created", "patched");
  }

  @Test
  void replaySendsAllAgainFromAPlaceOn() {
    ScimResponse made = create("");
    String first = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    HookServer.Hook hook = hooks.await(first, 1).get(0);
    String time = hook.json().path("time").asText();
    String position = hook.json().path("position").asText();
    String second = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    hooks.await(second, 1);
    awaitKept(made.id(), 2);
    String replay = receivers + "/" + made.id() + "/.replay";
    tenant.admin().post(replay, "{\"after\":\"" + position + "\"}").expect(204);
    hooks.await(second, 2);
    awaitKept(made.id(), 3);
    tenant.admin().post(replay, "{\"after\":\"" + time + "\"}").expect(204);
    hooks.await(first, 2);
    hooks.await(second, 3);
    awaitKept(made.id(), 5);
    tenant.admin().post(replay, "{\"after\":\"start\"}").expect(204);
    assertThat(hooks.await(first, 3)).extracting(HookServer.Hook::id).containsOnly(hook.id());
    for (String wrong :
        List.of("{}", "{\"after\":\"now\"}", "{\"after\":7}", "{\"after\":\"end\",\"x\":1}")) {
      tenant.admin().post(replay, wrong).expect(400);
    }
  }

  @Test
  void receiverBeginsWhereItIsSaidTo() {
    String before = tenant.scim().post("/Users", user(unique("u"))).expect(201).id();
    create(",\"after\":\"start\"");
    hooks.await(before, 1);
  }

  @Test
  void pingShowsWhetherTheReceiverCanBeReached() {
    ScimResponse made = create("");
    String test = receivers + "/" + made.id() + "/.test";
    ScimResponse reached = tenant.admin().post(test, "{}").expect(200);
    assertThat(reached.json().path("delivered").asBoolean()).isTrue();
    assertThat(hooks.all.get(0).type()).isEqualTo("ping");
    assertThat(hooks.all.get(0).isSignedWith(made.json().path("secret").asText())).isTrue();
    hooks.status = hook -> 403;
    ScimResponse refused = tenant.admin().post(test, "{}").expect(200);
    assertThat(refused.json().path("delivered").asBoolean()).isFalse();
    assertThat(refused.json().path("detail").asText()).isEqualTo("The receiver has answered 403");
  }

  @Test
  void receiversAreListedChangedAndRemoved() {
    ScimResponse one = create(",\"description\":\"first\"");
    ScimResponse two = create("");
    ScimResponse page = tenant.admin().get(receivers + "?limit=1").expect(200);
    assertThat(page.json().at("/items/0/id").asText()).isEqualTo(one.id());
    String cursor = page.json().path("nextCursor").asText();
    ScimResponse rest = tenant.admin().get(receivers + "?limit=1&cursor=" + cursor).expect(200);
    assertThat(rest.json().at("/items/0/id").asText()).isEqualTo(two.id());
    assertThat(one.header("Location")).endsWith(receivers + "/" + one.id());

    tenant.admin().sendJson("PATCH", receivers + "/" + one.id(), "{}").expect(428);
    ScimResponse changed = patch(one, "{\"description\":null,\"types\":[\"created\"]}").expect(200);
    assertThat(changed.etag()).isNotEqualTo(one.etag());
    assertThat(changed.json().has("description")).isFalse();
    assertThat(changed.json().path("types")).hasSize(1);
    patch(one, "{\"content\":\"notice\"}").expect(412);
    assertThat(shown(one.id()).json().path("content").asText()).isEqualTo("full");
    tenant.admin().with("If-Match", one.etag()).delete(receivers + "/" + one.id()).expect(412);
    tenant.admin().delete(receivers + "/" + one.id()).expect(204);
    tenant.admin().get(receivers + "/" + one.id()).expect(404);
    tenant.admin().delete(receivers + "/" + one.id()).expect(404);
  }

  @Test
  void receiverThatIsWrongIsRefusedWithWhatToChange() {
    for (Map.Entry<String, String> each :
        Map.ofEntries(
                Map.entry("{}", "endpoint"),
                Map.entry("{\"endpoint\":7}", "endpoint"),
                Map.entry("{\"endpoint\":\"not a url\"}", "endpoint"),
                Map.entry("{\"endpoint\":\"http://example.com/\"}", "https"),
                Map.entry("{\"endpoint\":\"https://u:p@example.com/\"}", "user"),
                Map.entry("{\"endpoint\":\"https://169.254.169.254/\"}", "address"),
                Map.entry("{\"endpoint\":\"https://10.0.0.1/\"}", "address"),
                Map.entry("{\"endpoint\":\"https://[::1]/\"}", "address"),
                Map.entry("{\"endpoint\":\"file:///etc/passwd\"}", "URL"),
                Map.entry(hook(",\"kind\":\"pigeon\""), "kind"),
                Map.entry(hook(",\"state\":\"off\""), "state"),
                Map.entry(hook(",\"content\":\"half\""), "content"),
                Map.entry(hook(",\"collections\":[\"Robot\"]"), "collections"),
                Map.entry(hook(",\"collections\":\"User\""), "collections"),
                Map.entry(hook(",\"types\":[\"exploded\"]"), "types"),
                Map.entry(hook(",\"types\":[\"reindexed\"]"), "types"),
                Map.entry(hook(",\"types\":[1]"), "types"),
                Map.entry(hook(",\"secrets\":[]"), "secrets"),
                Map.entry(hook(",\"secrets\":[\"secret\"]"), "whsec_"),
                Map.entry(hook(",\"options\":{\"x\":1}"), "options"),
                Map.entry(hook(",\"options\":[]"), "options"),
                Map.entry(hook(",\"after\":\"yesterday\""), "after"),
                Map.entry(hook(",\"description\":{}"), "description"),
                Map.entry(hook(",\"id\":\"mine\""), "nothing else"),
                Map.entry("[]", "object"))
            .entrySet()) {
      ScimResponse refused = tenant.admin().post(receivers, each.getKey());
      assertThat(refused.status()).as(each.getKey() + refused.text()).isEqualTo(400);
      assertThat(refused.json().path("detail").asText()).contains(each.getValue());
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
      assertThat(refused.text()).doesNotContainPattern("(?i)exception|org\\.muster|java\\.");
    }
    ScimResponse made = create("");
    for (String wrong :
        List.of(
            "{\"kind\":\"webhook\"}",
            "{\"after\":\"start\"}",
            "{\"endpoint\":null}",
            "{\"endpoint\":\"https://127.0.0.1/\"}",
            "{\"secrets\":[\"x\"]}",
            "{\"colour\":\"red\"}")) {
      ScimResponse refused = patch(shown(made.id()), wrong);
      assertThat(refused.status()).as(wrong + refused.text()).isEqualTo(400);
    }
    for (String path : List.of("/nothing", "/%20", "/" + "x".repeat(300))) {
      tenant.admin().get(receivers + path).expect(404);
    }
    tenant.admin().get(receivers + "?limit=0").expect(400);
    tenant.admin().get(receivers + "/" + made.id() + "/dead-letters?cursor=x").expect(400);
    tenant.admin().delete(receivers + "/" + made.id() + "/dead-letters/x").expect(404);
  }

  @Test
  void onlyAdministratorsHaveReceiversAndABoundedNumber() {
    String token =
        OwnTenant.issue(server(), tenant.id(), List.of("storage.read", "scim.write"))
            .json()
            .path("token")
            .asText();
    tenant.admin().as(token).get(receivers).expect(403);
    tenant.admin().as(token).post(receivers, hook("")).expect(403);
    for (int i = 0; i < 20; i++) {
      create("");
    }
    ScimResponse refused = tenant.admin().post(receivers, hook(""));
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
  }

  private String hook(String more) {
    return "{\"endpoint\":\"" + hooks.url() + "\"" + more + "}";
  }

  private ScimResponse create(String more) {
    return tenant.admin().post(receivers, hook(more)).expect(201);
  }

  private ScimResponse shown(String id) {
    return tenant.admin().get(receivers + "/" + id).expect(200);
  }

  private ScimResponse patch(ScimResponse seen, String body) {
    return tenant
        .admin()
        .with("If-Match", seen.etag())
        .sendJson("PATCH", receivers + "/" + seen.id(), body);
  }

  /**
   * Waits until the server knows of what the receiver has got: what is on its way is not replayed.
   */
  private void awaitKept(String receiver, int delivered) {
    await(() -> shown(receiver).json().at("/status/delivered").asInt() >= delivered);
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(40));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
