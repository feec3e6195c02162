package org.muster.scim.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Policy;
import org.muster.scim.policy.Profile;
import org.muster.scim.resource.Representation;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.security.Caller;
import org.muster.storage.Capability;
import org.muster.storage.JsonDocument;

/** RFC 7644 section 4, RFC 7643 sections 5 to 7. */
class DiscoveryTest {
  private static final String BASE = "https://example.com/scim/v2";
  private static final RequestContext CONTEXT = context(BASE);
  private static final Optional<String> NO_FILTER = Optional.empty();
  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

  private final Discovery discovery = discovery(EnumSet.allOf(Capability.class));

  @Test
  void schemasAreListedWithoutWhatIsOurs() {
    JsonNode list = json(discovery.schemas(CONTEXT, NO_FILTER));
    assertThat(list.get("totalResults").asInt()).isEqualTo(6);
    assertThat(list.get("Resources")).hasSize(6);
    assertThat(list.toString()).doesNotContain("x-link", "x-labels");
    assertThat(list.get("Resources").get(0).get("id").asText()).isEqualTo(USER);
    assertThat(list.get("Resources").get(0).get("meta").get("location").asText())
        .isEqualTo(BASE + "/Schemas/" + USER);
  }

  @Test
  void whatDiscoveryAnswersHasASchemaThatNamesItsMembers() {
    assertDescribed(json(discovery.serviceProviderConfig(CONTEXT, NO_FILTER)));
    assertDescribed(json(discovery.resourceType(CONTEXT, "User", NO_FILTER)));
    for (JsonNode schema : json(discovery.schemas(CONTEXT, NO_FILTER)).get("Resources")) {
      // of attributes within attributes within attributes only the schema of schemas has some
      if (!schema.get("id").asText().endsWith(":Schema")) {
        assertDescribed(schema);
      }
    }
  }

  private void assertDescribed(JsonNode resource) {
    String urn = resource.get("schemas").get(0).asText();
    JsonNode schema = json(discovery.schema(CONTEXT, urn, NO_FILTER));
    ObjectNode own = resource.deepCopy();
    own.remove(List.of("schemas", "meta"));
    assertDescribed(own, schema.get("attributes"));
  }

  private static void assertDescribed(JsonNode value, JsonNode attributes) {
    for (JsonNode attribute : attributes) {
      if (attribute.get("required").asBoolean()) {
        assertThat(value.has(attribute.get("name").asText())).as("%s", attribute).isTrue();
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode attribute = null;
      for (JsonNode candidate : attributes) {
        if (candidate.get("name").asText().equals(member.getKey())) {
          attribute = candidate;
        }
      }
      assertThat(attribute).as(member.getKey()).isNotNull();
      assertThat(member.getValue().isArray()).isEqualTo(attribute.get("multiValued").asBoolean());
      if (attribute.get("type").asText().equals("complex")) {
        Iterable<JsonNode> values =
            member.getValue().isArray() ? member.getValue() : List.of(member.getValue());
        for (JsonNode item : values) {
          assertDescribed(item, attribute.get("subAttributes"));
        }
      }
    }
  }

  @Test
  void aSchemaIsFoundByItsUrnInAnyCase() {
    Representation page =
        discovery.schema(CONTEXT, "URN:ietf:params:scim:schemas:core:2.0:user", NO_FILTER);
    JsonNode json = json(page);
    assertThat(page.location()).isEqualTo(BASE + "/Schemas/" + USER);
    assertThat(json.get("schemas").get(0).asText())
        .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:Schema");
    assertThat(json.get("meta").get("resourceType").asText()).isEqualTo("Schema");
    assertThat(json.get("meta").get("version").asText()).isEqualTo("W/\"" + page.etag() + "\"");
    assertNotFound(() -> discovery.schema(CONTEXT, "urn:x:Y", NO_FILTER));
  }

  @Test
  void resourceTypesNameTheirSchemasAndEndpoint() {
    JsonNode user = json(discovery.resourceType(CONTEXT, "User", NO_FILTER));
    assertThat(user.get("endpoint").asText()).isEqualTo("/Users");
    assertThat(user.get("schema").asText()).isEqualTo(USER);
    assertThat(user.get("schemaExtensions").get(0).get("required").asBoolean()).isFalse();
    assertThat(user.get("meta").get("location").asText()).isEqualTo(BASE + "/ResourceTypes/User");
    assertThat(json(discovery.resourceTypes(CONTEXT, NO_FILTER)).get("Resources")).hasSize(2);
    assertNotFound(() -> discovery.resourceType(CONTEXT, "user", NO_FILTER));
  }

  @Test
  void theConfigurationSaysWhatTheStorageCanDo() {
    JsonNode config = json(discovery.serviceProviderConfig(CONTEXT, NO_FILTER));
    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/maxOperations").asInt()).isEqualTo(1_000);
    assertThat(config.at("/bulk/maxPayloadSize").asLong()).isEqualTo(10_485_760);
    assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(1_000);
    assertThat(config.at("/sort/supported").asBoolean()).isTrue();
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    assertThat(config.at("/pagination/cursor").asBoolean()).isTrue();
    assertThat(config.at("/pagination/index").asBoolean()).isTrue();
    assertThat(config.at("/pagination/defaultPaginationMethod").asText()).isEqualTo("index");
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
    JsonNode poor = json(discovery(Set.of()).serviceProviderConfig(CONTEXT, NO_FILTER));
    assertThat(poor.at("/sort/supported").asBoolean()).isFalse();
    assertThat(poor.at("/pagination/index").asBoolean()).isFalse();
    assertThat(poor.at("/pagination/defaultPaginationMethod").asText()).isEqualTo("cursor");
  }

  @Test
  void entityTagsFollowTheContent() {
    Representation first = discovery.schemas(CONTEXT, NO_FILTER);
    assertThat(discovery.schemas(CONTEXT, NO_FILTER)).isSameAs(first);
    assertThat(discovery(Set.of()).schemas(CONTEXT, NO_FILTER).etag()).isEqualTo(first.etag());
    assertThat(discovery.schemas(context("https://other"), NO_FILTER).etag())
        .isNotEqualTo(first.etag());
    assertThat(discovery(Set.of()).serviceProviderConfig(CONTEXT, NO_FILTER).etag())
        .isNotEqualTo(discovery.serviceProviderConfig(CONTEXT, NO_FILTER).etag());
  }

  @Test
  void aFilterIsForbidden() {
    assertThatThrownBy(() -> discovery.schemas(CONTEXT, Optional.of("id pr")))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(403));
  }

  private static void assertNotFound(Runnable asking) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(404));
  }

  private static Discovery discovery(Set<Capability> capabilities) {
    return new Discovery(
        new BuiltInResourceTypes(),
        capabilities,
        tenant -> List.of("urn:ietf:params:scim:event:prov:delete"));
  }

  private static RequestContext context(String baseUrl) {
    Caller caller = new Caller("t", TenantId.DEFAULT, Optional.empty(), Set.of());
    Policy policy = new Policy(Profile.STANDARD, new Limits(100, 1_000, 100_000));
    return new RequestContext(TenantId.DEFAULT, caller, baseUrl, policy);
  }

  private static JsonNode json(Representation page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      page.body().writeTo(out);
      return JsonDocument.MAPPER.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
