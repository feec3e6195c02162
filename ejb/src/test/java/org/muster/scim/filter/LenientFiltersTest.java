package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Coercion;
import org.muster.scim.policy.Coercions;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limits;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;

/** Filters and paths that a switch lets pass, and those that none does. */
class LenientFiltersTest {
  private static final ResourceType USER =
      new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final String URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          BOOLEAN_AS_TEXT | active eq "True" | active eq true
          BOOLEAN_AS_TEXT | emails[primary eq "FALSE" and type eq "True"] | emails[primary eq false and type eq "True"]
          BOOLEAN_AS_TEXT | not (active ne "false") | not (active ne false)
          SUB_ATTRIBUTE_BEHIND_FILTER | emails[type eq "work"].value eq "a@x" | emails[type eq "work" and value eq "a@x"]
          SUB_ATTRIBUTE_BEHIND_FILTER | emails[type eq "a" or type eq "b"].value sw "a" and title pr | emails[(type eq "a" or type eq "b") and value sw "a"] and title pr
          SUB_ATTRIBUTE_BEHIND_FILTER | emails[type eq "a" and primary eq true].value pr | emails[type eq "a" and primary eq true and value pr]
          EXTENSION_NAMES_WITHOUT_URN | employeeNumber eq "7" | URNemployeeNumber eq "7"
          EXTENSION_NAMES_WITHOUT_URN | manager.value eq "u1" and title pr | URNmanager.value eq "u1" and title pr
          """)
  void filterPassesWithItsSwitchAlone(Switch by, String text, String meant) {
    assertThatThrownBy(() -> FilterParser.parse(USER, text)).isInstanceOf(ScimException.class);
    Coercions heard = new Coercions();
    Filter filter = FilterParser.parse(USER, text, new Leniency(only(by), heard));
    assertThat(filter).hasToString(meant.replace("URN", URN));
    assertThat(filter).isEqualTo(FilterParser.parse(USER, filter.toString()));
    assertThat(heard.all()).singleElement().extracting(Coercion::by).isEqualTo(by);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "active eq \"yes\"", "active gt \"True\"", "nonsense eq \"x\"", "active eq \"True",
        "password eq \"True\"", "title eq True", "emails[type eq \"work\"].",
            "emails[type eq \"work\"].nonsense eq 1",
        "emails[type eq \"work\"].value", "active co \"True\"", "active eq \"\""
      })
  void otherFiltersStayWrong(String text) {
    Leniency all = Leniency.of(new Profile("all", "", Set.of(Switch.values())));
    assertThatThrownBy(() -> FilterParser.parse(USER, text, all))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_FILTER));
  }

  @Test
  void textOfATextAttributeStaysText() {
    Leniency all = Leniency.of(new Profile("all", "", Set.of(Switch.values())));
    assertThat(FilterParser.parse(USER, "title eq \"True\"", all)).hasToString("title eq \"True\"");
  }

  @Test
  void pathsFilterBooleansByText() {
    PatchPath path =
        PatchPathParser.parse(
            USER,
            "roles[primary eq \"True\"].value",
            Leniency.of(only(Switch.BOOLEAN_AS_TEXT)),
            Limits.USUAL);
    assertThat(path)
        .isInstanceOfSatisfying(
            PatchPath.OfAttribute.class,
            of -> assertThat(of.filterText()).contains("primary eq true"));
  }

  private static Profile only(Switch by) {
    return new Profile(by.word(), "", Set.of(by));
  }
}
