package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;

class PatchPathParserTest {
  private static final BuiltInResourceTypes TYPES = new BuiltInResourceTypes();
  private static final ResourceType USER = TYPES.byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final ResourceType GROUP = TYPES.byName(TenantId.DEFAULT, "Group").orElseThrow();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** The examples of RFC 7644 section 3.5.2. */
  @Test
  void theExamplesOfTheRfcParse() {
    assertThat(attribute(GROUP, "members").path()).hasToString("members");
    assertThat(attribute(USER, "name.familyName").path()).hasToString("name.familyName");
    PatchPath.OfAttribute work = attribute(USER, "addresses[type eq \"work\"]");
    assertThat(work.path()).hasToString("addresses");
    assertThat(work.filterText()).contains("type eq \"work\"");
    assertThat(
            attribute(GROUP, "members[value eq \"2819c223-7f76-453a-919d-413861904646\"]")
                .filterText())
        .contains("value eq \"2819c223-7f76-453a-919d-413861904646\"");
    PatchPath.OfAttribute display = attribute(GROUP, "members[value eq \"2819c223\"].display");
    assertThat(display.path()).hasToString("members.display");
    assertThat(display.filter()).isPresent();
  }

  @Test
  void urnsMayStandInFrontOrAlone() {
    assertThat(attribute(USER, ENTERPRISE + ":manager.VALUE").path())
        .hasToString(ENTERPRISE + ":manager.value");
    assertThat(
            attribute(
                    USER,
                    "urn:ietf:params:scim:schemas:core:2.0:User:emails[primary eq true].value")
                .path())
        .hasToString("emails.value");
    assertThat(PatchPathParser.parse(USER, ENTERPRISE)).isInstanceOf(PatchPath.OfExtension.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|INVALID_PATH",
        "nothing|INVALID_PATH",
        "emails.nothing|INVALID_PATH",
        "emails[type eq \"work\"].nothing|INVALID_PATH",
        "emails[type eq \"work\"]value|INVALID_PATH",
        "emails[type eq \"work\"].value.x|INVALID_PATH",
        "emails.value[type eq \"work\"]|INVALID_PATH",
        "userName[value eq \"x\"]|INVALID_PATH",
        "userName eq \"x\"|INVALID_PATH",
        "emails[|INVALID_FILTER",
        "emails[]|INVALID_FILTER",
        "emails[type eq \"work\"|INVALID_FILTER",
        "emails[type is \"work\"]|INVALID_FILTER",
        "emails[type eq work]|INVALID_FILTER",
        "emails[primary eq \"true\"]|INVALID_FILTER"
      })
  void malformedPathsAndFiltersAreToldApart(String path, ScimException.Type type) {
    assertThatThrownBy(() -> PatchPathParser.parse(USER, path))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.type()).contains(type));
  }

  @Test
  void limitsAreThoseOfTheTenant() {
    Limits strict =
        new Limits(
            Map.of(Limit.FILTER_LENGTH, 40L, Limit.FILTER_DEPTH, 2L, Limit.FILTER_CLAUSES, 2L));
    PatchPathParser.parse(USER, "emails[(type pr or value pr)]", Leniency.NONE, strict);
    for (String over :
        List.of(
            "emails[((type pr or value pr))]",
            "emails[type pr or value pr or type pr]",
            "emails[value eq \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]")) {
      assertThatThrownBy(() -> PatchPathParser.parse(USER, over, Leniency.NONE, strict))
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
    String large = "emails[value eq \"" + "a".repeat(20_000) + "\"]";
    assertThat(PatchPathParser.parse(USER, large, Leniency.NONE, Limits.WIDEST)).isNotNull();
    assertThatThrownBy(() -> PatchPathParser.parse(USER, large)).isInstanceOf(ScimException.class);
  }

  private static PatchPath.OfAttribute attribute(ResourceType type, String text) {
    return (PatchPath.OfAttribute) PatchPathParser.parse(type, text);
  }
}
