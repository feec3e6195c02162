package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Folding;
import org.muster.kernel.TenantId;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.JsonDocument;
import org.muster.storage.Path;

class StoredValuesTest {
  private static final ResourceType USER =
      new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @Test
  void keysAreTheFoldedValuesOfSearchableAttributes() throws JsonProcessingException {
    ObjectNode user =
        json(
            """
            {"userName":"BJensen","externalId":"Abc","active":true,"nickName":"B",
             "name":{"familyName":"Jensen"},
             "emails":[{"value":"B@X.org","type":"work"},{"value":"b@home"},{"type":"other"}],
             "%s":{"employeeNumber":"701984"}}"""
                .formatted(ENTERPRISE));
    assertThat(SearchKeys.of(USER, user))
        .containsOnlyKeys(
            "userName",
            "externalId",
            "active",
            "name.familyName",
            "emails.value",
            ENTERPRISE + ":employeeNumber")
        .containsEntry("userName", List.of("bjensen"))
        .containsEntry("externalId", List.of("Abc"))
        .containsEntry("active", List.of("true"))
        .containsEntry("emails.value", List.of("b@x.org", "b@home"));
  }

  @Test
  void indexedPathsAreTheSearchableAttributesOfTheType() {
    assertThat(SearchKeys.indexedPaths(USER))
        .allMatch(Path::indexed)
        .extracting(Path::name)
        .containsExactlyElementsOf(USER.searchable());
  }

  @Test
  void userNameIsClaimedFolded() throws JsonProcessingException {
    assertThat(UniqueClaims.of(USER, json("{\"userName\":\"STRASSE\",\"title\":\"x\"}")))
        .isEqualTo(UniqueClaims.of(USER, json("{\"userName\":\"straße\"}")))
        .containsOnlyKeys("userName")
        .containsEntry("userName", "strasse");
    assertThat(UniqueClaims.of(USER, json("{\"title\":\"x\"}"))).isEmpty();
  }

  @Test
  void longValuesAreClaimedWholeWithin512Characters() throws JsonProcessingException {
    String first = claim("x".repeat(600) + "1");
    String second = claim("x".repeat(600) + "2");
    assertThat(first).hasSize(512).isNotEqualTo(second);
    assertThat(claim(first)).isNotEqualTo(first);
    String split = claim("x".repeat(446) + "\uD83D\uDE00".repeat(100));
    assertThat(split).hasSize(512);
    assertThat(Folding.isStorable(split)).isTrue();
  }

  private static String claim(String userName) {
    ObjectNode user = JsonDocument.MAPPER.createObjectNode().put("userName", userName);
    return UniqueClaims.of(USER, user).values().iterator().next();
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) JsonDocument.MAPPER.readTree(text);
  }
}
