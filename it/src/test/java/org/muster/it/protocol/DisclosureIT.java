package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.audit.VerifyExport;
import org.muster.it.ScimResponse;

/**
 * Attributes that are never returned (RFC 7643 section 7), of a schema of a tenant's own: nothing
 * that tells of the past shows them.
 */
@Timeout(180)
class DisclosureIT extends Protocol {
  private static final String URN = "urn:example:Badge";
  private static final String FIRST = "SECRET-first";
  private static final String SECOND = "SECRET-second";

  private final OwnTenant tenant = OwnTenant.create(server(), unique("d").substring(0, 30));
  private final String administration = "/admin/v1/tenants/" + tenant.id();
  private final HookServer hooks = new HookServer();

  @AfterEach
  void stop() {
    hooks.close();
  }

  private void define() {
    tenant
        .admin()
        .post(
            administration + "/schemas",
            """
            {"id":"%s","attributes":[{"name":"code","required":true},
             {"name":"pin","returned":"never"},
             {"name":"cards","type":"complex","multiValued":true,"subAttributes":[
               {"name":"value"},{"name":"cvc","returned":"never"}]}]}
            """
                .formatted(URN))
        .expect(201);
    tenant
        .admin()
        .post(
            administration + "/resource-types",
            "{\"name\":\"Badge\",\"endpoint\":\"/Badges\",\"schema\":\"" + URN + "\"}")
        .expect(201);
  }

  /** Created, changed in both ways, deleted and restored; its id. */
  private String live() {
    String id =
        tenant
            .scim()
            .post(
                "/Badges",
                """
                {"schemas":["%s"],"code":"shown-1","pin":"%s",
                 "cards":[{"value":"shown-card","cvc":"%s"}]}
                """
                    .formatted(URN, FIRST, FIRST))
            .expect(201)
            .id();
    tenant
        .scim()
        .patchOperations(
            "/Badges/" + id,
            "{\"op\":\"replace\",\"path\":\"pin\",\"value\":\"%s\"},".formatted(SECOND)
                + "{\"op\":\"replace\",\"path\":\"code\",\"value\":\"shown-2\"}")
        .expect(204);
    tenant
        .scim()
        .put(
            "/Badges/" + id,
            """
            {"schemas":["%s"],"code":"shown-3","pin":"%s",
             "cards":[{"value":"shown-card","cvc":"%s"}]}
            """
                .formatted(URN, FIRST, SECOND))
        .expect(200);
    tenant.scim().delete("/Badges/" + id).expect(204);
    tenant.scim().post("/Badges/" + id + "/.restore", "").expect(200);
    return id;
  }

  private static String shown(String what, String text) {
    assertThat(text).as(what).doesNotContain("SECRET", "\"pin\":", "/pin");
    return text;
  }

  @Test
  void neitherFeedNorHistoryNorExportNorReceiverShowsThem() throws Exception {
    define();
    tenant
        .admin()
        .post(administration + "/receivers", "{\"endpoint\":\"" + hooks.url() + "\"}")
        .expect(201);
    String stream =
        tenant
            .admin()
            .post(administration + "/receivers", "{\"kind\":\"set-poll\",\"content\":\"full\"}")
            .expect(201)
            .id();
    String id = live();

    String feed = tenant.admin().get("/storage/v1/events?limit=1000").expect(200).text();
    assertThat(shown("feed", feed)).contains("shown-1", "shown-2", "shown-3", "shown-card");
    String all =
        tenant.admin().get("/storage/v1/events?limit=1000&type=reindexed").expect(200).text();
    shown("reindexed", all);
    String history = "/storage/v1/history/Badge/" + id;
    assertThat(shown("history", tenant.admin().get(history).expect(200).text()))
        .contains("shown-1", "shown-3");
    String version =
        tenant.admin().get(history).json().at("/items").get(0).path("version").asText();
    assertThat(shown("as of", tenant.admin().get(history + "?at=" + version).text()))
        .contains("shown-3");
    assertThat(shown("SCIM history", tenant.scim().get("/Badges/" + id + "/.history").text()))
        .contains("shown-1");
    ScimResponse export = tenant.admin().get(administration + "/audit").expect(200);
    assertThat(shown("export", export.text())).contains("shown-1", "shown-2");
    assertThat(
            VerifyExport.verify(
                    new ByteArrayInputStream(export.text().getBytes(StandardCharsets.UTF_8)),
                    Optional.empty())
                .events())
        .isEqualTo(7); // the definitions too
    List<HookServer.Hook> got = hooks.await(id, 5);
    got.forEach(hook -> shown("webhook", hook.body()));
    assertThat(got.get(0).body()).contains("shown-1");
    JsonNode sets =
        tenant
            .admin()
            .post("/events/v1/streams/" + stream + "/poll", "{\"returnImmediately\":true}")
            .expect(200)
            .json()
            .path("sets");
    assertThat(sets).hasSize(5);
    sets.forEach(
        token -> {
          byte[] claims = Base64.getUrlDecoder().decode(token.asText().split("\\.", -1)[1]);
          shown("security event", new String(claims, StandardCharsets.UTF_8));
        });
  }

  @Test
  void whatATypeDoesNotHaveAnyMoreIsShownByNothing() {
    define();
    String id = live();
    tenant.scim().delete("/Badges/" + id).expect(204);
    tenant.scim().post("/Badges/" + id + "/.purge", "").expect(204);
    assertThat(tenant.admin().delete(administration + "/resource-types/Badge").status())
        .isEqualTo(204);
    String feed = tenant.admin().get("/storage/v1/events?limit=1000").expect(200).text();
    assertThat(shown("feed", feed)).contains("\"Badge\"").doesNotContain("shown-");
    String export = tenant.admin().get(administration + "/audit").expect(200).text();
    assertThat(shown("export", export)).doesNotContain("shown-");
    String history = "/storage/v1/history/Badge/" + id;
    assertThat(shown("history", tenant.admin().get(history).expect(200).text()))
        .doesNotContain("shown-");
  }

  @Test
  void revertedResourceHasThemAgain() {
    tenant
        .admin()
        .post(
            administration + "/schemas",
            """
            {"id":"%s","attributes":[{"name":"code","required":true},
             {"name":"pin","returned":"never","required":true},
             {"name":"key","returned":"never","uniqueness":"server"},
             {"name":"cards","type":"complex","multiValued":true,"subAttributes":[
               {"name":"value"},{"name":"cvc","returned":"never","required":true}]}]}
            """
                .formatted(URN))
        .expect(201);
    tenant
        .admin()
        .post(
            administration + "/resource-types",
            "{\"name\":\"Badge\",\"endpoint\":\"/Badges\",\"schema\":\"" + URN + "\"}")
        .expect(201);
    ScimResponse created = tenant.scim().post("/Badges", badge("one", "first")).expect(201);
    String path = "/Badges/" + created.id();
    String version = created.json().at("/meta/version").asText().replaceAll("[^0-9]", "");
    tenant.scim().put(path, badge("two", "second")).expect(200);
    tenant.scim().post("/Badges", badge("other", "first")).expect(201).id();
    ScimResponse taken = tenant.scim().post(path + "/.revert?at=" + version, "");
    assertThat(taken.status()).as(taken.text()).isEqualTo(409); // so its key would come back
    tenant.scim().put(path, badge("three", "third")).expect(200);
    String later =
        tenant.scim().get(path).json().at("/meta/version").asText().replaceAll("[^0-9]", "");
    tenant.scim().put(path, badge("four", "fourth")).expect(200);
    ScimResponse reverted = tenant.scim().post(path + "/.revert?at=" + later, "").expect(200);
    assertThat(shown("revert", reverted.text())).contains("three", "shown-card");
    assertThat(tenant.scim().post("/Badges", badge("five", "third")).status()).isEqualTo(409);
    tenant.scim().post("/Badges", badge("six", "fourth")).expect(201);
  }

  private static String badge(String code, String key) {
    return """
        {"schemas":["%s"],"code":"%s","pin":"%s","key":"%s",
         "cards":[{"value":"shown-card","cvc":"%s"}]}
        """
        .formatted(URN, code, FIRST, key, SECOND);
  }
}
