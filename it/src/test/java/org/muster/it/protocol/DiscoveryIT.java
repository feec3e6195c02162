package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** RFC 7644 section 4, RFC 7643 sections 5 to 7: discovery. */
class DiscoveryIT extends Protocol {
  @Test
  void serviceProviderConfigSaysWhatIsThere() {
    Answer config = get("/ServiceProviderConfig");
    assertThat(config.status()).isEqualTo(200);
    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/filter/supported").asBoolean()).isTrue();
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    assertThat(config.at("/sort/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/supported").isBoolean()).isTrue();
    assertThat(config.at("/pagination/cursor").asBoolean()).isTrue();
    assertThat(config.at("/pagination/index").asBoolean()).isTrue();
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
  }

  @Test
  void schemasAndTypesAreListedAndReadOneByOne() {
    Answer schemas = get("/Schemas");
    assertThat(schemas.json().get("Resources"))
        .extracting(schema -> schema.get("id").asText())
        .contains(USER, GROUP, ENTERPRISE);
    for (JsonNode schema : schemas.json().get("Resources")) {
      Answer one = get("/Schemas/" + schema.get("id").asText());
      assertThat(one.json()).isEqualTo(schema);
      assertThat(one.body()).doesNotContain("x-");
    }
    for (JsonNode type : get("/ResourceTypes").json().get("Resources")) {
      assertThat(get("/ResourceTypes/" + type.get("id").asText()).json()).isEqualTo(type);
      assertThat(get(type.get("endpoint").asText() + "?count=0").status()).isEqualTo(200);
    }
    assertScimError(get("/Schemas/urn:nonsense"), 404, "");
    assertScimError(get("/ResourceTypes/Nonsense"), 404, "");
  }

  @Test
  void filterOnDiscoveryIsForbidden() {
    assertScimError(get("/Schemas?filter=" + encode("id pr")), 403, "");
    assertScimError(get("/ResourceTypes?filter=" + encode("id pr")), 403, "");
  }
}
