package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 sections 5 to 7, RFC 9865 section 4: every member of what discovery answers. */
class DiscoveryDocumentsIT extends Protocol {
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  @ParameterizedTest
  @CsvSource({
    "/patch/supported, BOOLEAN",
    "/bulk/supported, BOOLEAN",
    "/bulk/maxOperations, NUMBER",
    "/bulk/maxPayloadSize, NUMBER",
    "/filter/supported, BOOLEAN",
    "/filter/maxResults, NUMBER",
    "/changePassword/supported, BOOLEAN",
    "/sort/supported, BOOLEAN",
    "/etag/supported, BOOLEAN",
    "/authenticationSchemes/0/type, STRING",
    "/authenticationSchemes/0/name, STRING",
    "/authenticationSchemes/0/description, STRING",
    "/authenticationSchemes/0/specUri, STRING",
    "/pagination/cursor, BOOLEAN",
    "/pagination/index, BOOLEAN",
    "/pagination/defaultPaginationMethod, STRING",
    "/pagination/defaultPageSize, NUMBER",
    "/pagination/maxPageSize, NUMBER",
    "/meta/resourceType, STRING",
    "/meta/location, STRING",
  })
  void configurationHasTheMember(String pointer, String type) {
    assertThat(get("/ServiceProviderConfig").at(pointer).getNodeType()).hasToString(type);
  }

  @Test
  void configurationIsReadWithoutACredential() {
    Answer open = sendAs("", "GET", "/ServiceProviderConfig", "");
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.text("/authenticationSchemes/0/type")).isEqualTo("oauthbearertoken");
    assertScimError(sendAs("", "GET", "/Schemas", ""), 401, "");
  }

  @Test
  void limitsOfTheConfigurationAreTrue() {
    JsonNode config = get("/ServiceProviderConfig").json();
    int max = config.at("/filter/maxResults").asInt();
    assertThat(config.at("/pagination/maxPageSize").asInt()).isEqualTo(max);
    assertThat(get("/Users?count=" + (max + 1)).number("/itemsPerPage")).isLessThanOrEqualTo(max);
    int usual = config.at("/pagination/defaultPageSize").asInt();
    assertThat(get("/Users").number("/itemsPerPage")).isBetween(0, usual);
  }

  @Test
  void everyResourceTypeHasItsMembersAndItsSchemas() {
    List<String> known = new ArrayList<>();
    get("/Schemas").json().get("Resources").forEach(schema -> known.add(schema.get("id").asText()));
    JsonNode list = get("/ResourceTypes").json();
    assertThat(list.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(list.get("totalResults").asInt()).isEqualTo(list.get("Resources").size());
    for (JsonNode type : list.get("Resources")) {
      assertThat(type.at("/schemas/0").asText()).isEqualTo(CORE + "ResourceType");
      for (String member : List.of("id", "name", "description", "endpoint", "schema")) {
        assertThat(type.path(member).asText()).as(member).isNotBlank();
      }
      assertThat(known).contains(type.get("schema").asText());
      for (JsonNode extension : type.get("schemaExtensions")) {
        assertThat(known).contains(extension.get("schema").asText());
        assertThat(extension.get("required").isBoolean()).isTrue();
      }
      assertThat(get(type.get("endpoint").asText() + "?count=0").status()).isEqualTo(200);
    }
  }

  @Test
  void nameOfTheTypeIsWhatResourcesSay() {
    String user = createUser(unique("type"));
    String group = createGroup(unique("type"), user);
    assertThat(get("/Users/" + user).text("/meta/resourceType")).isEqualTo("User");
    assertThat(get("/Groups/" + group).text("/meta/resourceType")).isEqualTo("Group");
    assertThat(get("/ResourceTypes/User").text("/endpoint")).isEqualTo("/Users");
    assertThat(get("/ResourceTypes/Group").text("/endpoint")).isEqualTo("/Groups");
  }

  @Test
  void everySchemaAndAttributeHasItsMembers() {
    JsonNode list = get("/Schemas").json();
    assertThat(list.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    for (JsonNode schema : list.get("Resources")) {
      assertThat(schema.at("/schemas/0").asText()).isEqualTo(CORE + "Schema");
      for (String member : List.of("id", "name", "description")) {
        assertThat(schema.path(member).asText()).as(member).isNotBlank();
      }
      assertAttributes(schema.get("attributes"));
    }
  }

  private static void assertAttributes(JsonNode attributes) {
    assertThat(attributes).isNotEmpty();
    for (JsonNode attribute : attributes) {
      String name = attribute.path("name").asText();
      assertThat(name).matches("[A-Za-z$][A-Za-z0-9_-]*");
      assertThat(attribute.path("description").asText()).as(name).isNotBlank();
      assertThat(attribute.path("multiValued").isBoolean()).as(name).isTrue();
      assertThat(attribute.path("required").isBoolean()).as(name).isTrue();
      assertThat(attribute.path("mutability").asText())
          .isIn("readOnly", "readWrite", "immutable", "writeOnly");
      assertThat(attribute.path("returned").asText()).isIn("always", "never", "default", "request");
      assertThat(attribute.path("uniqueness").asText()).isIn("none", "server", "global");
      String type = attribute.path("type").asText();
      assertThat(type)
          .isIn(
              "string",
              "boolean",
              "decimal",
              "integer",
              "dateTime",
              "reference",
              "binary",
              "complex");
      assertThat(attribute.has("caseExact")).as(name).isEqualTo(!type.equals("complex"));
      assertThat(attribute.has("subAttributes")).as(name).isEqualTo(type.equals("complex"));
      assertThat(attribute.has("referenceTypes")).as(name).isEqualTo(type.equals("reference"));
      if (type.equals("complex")) {
        assertAttributes(attribute.get("subAttributes"));
      }
    }
  }

  @Test
  void schemasOfResourcesAndOfDiscoveryAreThereAndThoseOfMessagesAreNot() {
    assertThat(get("/Schemas").json().get("Resources"))
        .extracting(schema -> schema.get("id").asText())
        .contains(
            USER,
            GROUP,
            ENTERPRISE,
            CORE + "ServiceProviderConfig",
            CORE + "ResourceType",
            CORE + "Schema")
        .noneMatch(urn -> urn.contains(":api:"));
    assertScimError(get("/Schemas/" + PATCH), 404, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Schemas", "/ResourceTypes"})
  void sortingPagesAndSelectionAreIgnored(String path) {
    assertThat(
            get(path + "?startIndex=2&count=1&sortBy=id&sortOrder=descending&attributes=id").json())
        .isEqualTo(get(path).json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/ServiceProviderConfig", "/Schemas", "/ResourceTypes", "/ResourceTypes/User"})
  void discoveryIsReadOnly(String path) {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertScimError(send(method, path, method.equals("DELETE") ? "" : "{}"), 405, "");
    }
    Answer page = get(path);
    assertThat(send("GET", path, "", "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
  }
}
