package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.filter.Filter.And;
import org.muster.scim.filter.Filter.Not;
import org.muster.scim.filter.Filter.Or;
import org.muster.scim.filter.Filter.Presence;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;

class FilterParserTest {
  private static final ResourceType USER =
      new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** The examples of RFC 7644 figure 2, as far as they are of users. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName eq \"bjensen\"",
        "name.familyName co \"O'Malley\"",
        "userName sw \"J\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"",
        "title pr",
        "meta.lastModified gt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified ge \"2011-05-13T04:42:34Z\"",
        "meta.lastModified lt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified le \"2011-05-13T04:42:34Z\"",
        "title pr and userType eq \"Employee\"",
        "title pr or userType eq \"Intern\"",
        "schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"",
        "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")",
        "userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"example.org\")",
        "userType eq \"Employee\" and (emails.type eq \"work\")",
        "userType eq \"Employee\" and emails[type eq \"work\" and value co \"@example.com\"]",
        "emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]"
      })
  void theExamplesOfFigure2Parse(String text) {
    Filter filter = FilterParser.parse(USER, text);
    assertThat(FilterParser.parse(USER, filter.toString())).isEqualTo(filter);
  }

  @Test
  void limitsOfTheTenantHold() {
    Limits strict =
        new Limits(
            Map.of(Limit.FILTER_LENGTH, 40L, Limit.FILTER_DEPTH, 1L, Limit.FILTER_CLAUSES, 2L));
    assertThat(FilterParser.parse(USER, "(title pr or locale pr)", Leniency.NONE, strict))
        .isNotNull();
    for (String over :
        List.of(
            "((title pr))",
            "title pr or title pr or title pr",
            "title eq \"" + "x".repeat(40) + "\"")) {
      assertThatThrownBy(() -> FilterParser.parse(USER, over, Leniency.NONE, strict))
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
  }

  @Test
  void andBindsMoreThanOr() {
    Filter filter = FilterParser.parse(USER, "title pr or nickName pr and locale pr");
    assertThat(filter).isInstanceOf(Or.class);
    assertThat(((Or) filter).parts().get(1)).isInstanceOf(And.class);
    assertThat(FilterParser.parse(USER, "(title pr or nickName pr) and locale pr"))
        .isInstanceOf(And.class);
  }

  @Test
  void namesAndOperatorsAreReadInAnyCase() {
    assertThat(FilterParser.parse(USER, "USERNAME Eq \"x\" AND Not(TITLE PR)"))
        .hasToString("userName eq \"x\" and not (title pr)");
  }

  @Test
  void aUrnWithDotsIsPartOfTheName() {
    assertThat(FilterParser.parse(USER, ENTERPRISE + ":employeenumber eq \"701984\""))
        .hasToString(ENTERPRISE + ":employeeNumber eq \"701984\"");
    assertThat(FilterParser.parse(USER, ENTERPRISE + ":manager.value eq \"1\""))
        .hasToString(ENTERPRISE + ":manager.value eq \"1\"");
  }

  @Test
  void escapesAreThoseOfJson() {
    assertThat(FilterParser.parse(USER, "title eq \"\\u00e4\\\"\\\\\\/\\n\""))
        .isEqualTo(FilterParser.parse(USER, "title eq \"ä\\\"\\\\/\\u000A\""));
  }

  @Test
  void aComplexAttributeMeansItsValue() {
    assertThat(FilterParser.parse(USER, "emails co \"x\"")).hasToString("emails.value co \"x\"");
  }

  @Test
  void equalToNullIsNotPresent() {
    assertThat(FilterParser.parse(USER, "title eq null"))
        .isEqualTo(FilterParser.parse(USER, "not (title pr)"))
        .isInstanceOf(Not.class);
    assertThat(FilterParser.parse(USER, "title ne null")).isInstanceOf(Presence.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the name of an attribute is expected",
        "userName|an operator is expected",
        "userName is \"x\"|At character 10: an operator is expected",
        "userName eq|a space and a value are expected",
        "userName eq x|At character 13: a value is expected",
        "userName eq \"x|no closing quote",
        "userName eq \"x\" or|'and', 'or' or the end is expected",
        "userName eq \"x\" nor title pr|'and', 'or' or the end is expected",
        "(title pr|')' is expected",
        "title pr)|'and', 'or' or the end is expected",
        "not title pr|'not' is followed by '('",
        "employeeNumber eq \"1\"|needs its URN in front",
        "nothing pr|there is no attribute of that name",
        "name eq \"x\"|name is complex; compare one of its sub-attributes",
        "active gt true|active can't be compared by gt",
        "active co \"t\"|active can't be compared by co",
        "active eq \"true\"|active is compared with true or false, without quotes",
        "x509Certificates gt \"QUJD\"|can't be compared by gt",
        "meta.created co \"2011\"|meta.created can't be compared by co",
        "meta.created gt \"yesterday\"|dateTime",
        "userName eq 5|userName is compared with text",
        "userName gt null|null is compared by eq and ne alone",
        "password eq \"x\"|password can't be filtered by",
        "password pr|password can't be filtered by",
        "emails[type eq \"work\"|']' is expected",
        "emails[kind eq \"work\"]|there is no sub-attribute of that name",
        "emails[type eq \"work\"].value eq \"x\"|for PATCH paths",
        "userName[value eq \"x\"]|has no elements",
        "userName eq \"\\u0000\"|U+0000",
        "userName eq \"\\ud800\"|lone surrogates",
        "userName eq \"\\x\"|no such escape",
        "active eq True|a value is expected"
      })
  void whatIsWrongIsInvalidFilterAndSaysWhere(String text, String message) {
    assertThatThrownBy(() -> FilterParser.parse(USER, text))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_FILTER))
        .hasMessageContaining(message);
  }

  @Test
  void nestingAndLengthAreLimited() {
    assertRefused("(".repeat(5_000) + "title pr" + ")".repeat(3_000), "nested more than 50");
    assertRefused("not (".repeat(1_600), "nested more than 50");
    assertRefused("title pr" + " or title pr".repeat(200), "more than 200 comparisons");
    assertRefused("title eq \"" + "x".repeat(9_000) + "\"", "8,192");
    String deep = "(".repeat(50) + "title pr" + ")".repeat(50);
    assertThat(FilterParser.parse(USER, deep)).isInstanceOf(Presence.class);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> FilterParser.parse(USER, text))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining(message);
  }
}
