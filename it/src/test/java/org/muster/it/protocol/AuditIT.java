package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.audit.VerifyExport;
import org.muster.it.ScimResponse;

/** Exports of what happened, checked as {@code ./muster verify} does. */
class AuditIT extends Protocol {
  private final OwnTenant tenant = OwnTenant.create(server(), unique("x").substring(0, 30));
  private final String path = "/admin/v1/tenants/" + tenant.id() + "/audit";

  @Test
  void exportsOfATenantFormAChain() throws Exception {
    for (int i = 0; i < 5; i++) {
      create("u" + i);
    }
    ScimResponse first = tenant.admin().get(path + "?limit=3").expect(200);
    assertThat(first.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    assertThat(first.header("Content-Disposition")).contains("audit-" + tenant.id() + ".ndjson");
    VerifyExport.Verified one = verify(first.text(), Optional.empty());
    assertThat(one.events()).isEqualTo(3);
    create("u5");
    ScimResponse second =
        tenant.admin().get(path + "?after=" + one.next() + "&previous=" + one.root()).expect(200);
    assertThat(verify(second.text(), Optional.of(one)).events()).isEqualTo(3);
    assertThat(second.text()).contains("\"u5\"").contains(tenant.tokenId());
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String query :
        List.of("?after=x", "?after=-1", "?limit=0", "?limit=1000001", "?previous=abc")) {
      ScimResponse refused = tenant.admin().get(path + query);
      assertThat(refused.status()).as(query + refused.text()).isEqualTo(400);
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }
    OwnTenant other = OwnTenant.create(server(), unique("x").substring(0, 30));
    other.admin().get(path).expect(404);
    String reader =
        OwnTenant.issue(server(), tenant.id(), List.of("scim.read", "storage.read"))
            .json()
            .path("token")
            .asText();
    tenant.admin().as(reader).get(path).expect(403);
  }

  private static VerifyExport.Verified verify(String text, Optional<VerifyExport.Verified> before)
      throws Exception {
    return VerifyExport.verify(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), before);
  }

  private void create(String userName) {
    tenant
        .scim()
        .post("/Users", "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}".formatted(USER, userName))
        .expect(201);
  }
}
