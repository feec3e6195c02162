package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.AttributePaths;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.JsonDocument;

class FilterEvaluationTest {
  private static final ResourceType USER =
      new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "userName eq \"BJENSEN\"|true",
        "externalId eq \"ABC\"|false",
        "userName gt \"a\" and userName lt \"c\"|true",
        "emails[type eq \"work\" and value ew \"home\"]|false",
        "emails.type eq \"work\" and emails.value ew \"home\"|true",
        "emails.value ne \"b@x\"|true",
        "not (emails.value eq \"b@x\")|false",
        "title pr|false",
        "title ne \"x\"|true",
        "nickName pr|false",
        "active eq true|true",
        "name pr|true",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber sw \"7\"|true",
        "meta.created lt \"2012-01-01T00:00:00Z\"|true",
        "schemas eq \"URN:x\"|true"
      })
  void resourcesAreJudgedByTheRulesOfTheirSchema(String filter, boolean matches)
      throws JsonProcessingException {
    JsonNode barbara =
        JsonDocument.MAPPER.readTree(
            """
            {"schemas":["urn:x"],"userName":"bjensen","externalId":"abc","active":true,
             "nickName":"","name":{"familyName":"Jensen"},
             "emails":[{"value":"b@x","type":"work"},{"value":"b@home","type":"home"}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"701"},
             "meta":{"created":"2011-05-13T04:42:34Z"}}""");
    assertThat(FilterEvaluation.matches(FilterParser.parse(USER, filter), barbara))
        .isEqualTo(matches);
  }

  @Test
  void elementsAreJudgedByWhatStandsInBrackets() throws JsonProcessingException {
    AttributePath emails = AttributePaths.resolve(USER, "emails").orElseThrow();
    JsonNode element =
        JsonDocument.MAPPER.readTree("{\"value\":\"b@x\",\"type\":\"Work\",\"primary\":true}");
    assertThat(matches(emails, "type eq \"work\" and primary eq true", element)).isTrue();
    assertThat(matches(emails, "not (display pr) and value co \"@y\"", element)).isFalse();
  }

  private static boolean matches(AttributePath attribute, String filter, JsonNode element) {
    return FilterEvaluation.matchesElement(
        FilterParser.parseElement(attribute, filter, Limits.USUAL), element);
  }
}
