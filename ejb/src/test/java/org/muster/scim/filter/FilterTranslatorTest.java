package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Expression;
import org.muster.storage.Expression.Compare;
import org.muster.storage.Expression.Element;
import org.muster.storage.Expression.HasLink;
import org.muster.storage.Expression.LinkTest;
import org.muster.storage.Expression.Operator;
import org.muster.storage.Expression.Present;
import org.muster.storage.Keys;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Path;

class FilterTranslatorTest {
  private static final BuiltInResourceTypes TYPES = new BuiltInResourceTypes();
  private static final ResourceType USER = TYPES.byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final ResourceType GROUP = TYPES.byName(TenantId.DEFAULT, "Group").orElseThrow();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final Expression ALL = new Expression.All();
  private static final Expression NONE = new Expression.Not(ALL);

  @Test
  void searchableAttributesAreIndexedPathsAndOperandsFolded() {
    assertThat(user("userName eq \"Straße\""))
        .isEqualTo(
            new Compare(
                new Path("userName", List.of("userName"), Path.Type.TEXT, false, false, true),
                Operator.EQ,
                "strasse"));
    assertThat(user("externalId eq \"ABC\""))
        .isEqualTo(
            new Compare(
                new Path("externalId", List.of("externalId"), Path.Type.TEXT, true, false, true),
                Operator.EQ,
                "ABC"));
    assertThat(user("emails eq \"A@x\""))
        .isEqualTo(
            new Compare(
                new Path(
                    "emails.value", List.of("emails", "value"), Path.Type.TEXT, false, true, true),
                Operator.EQ,
                "a@x"));
    assertThat(user(ENTERPRISE + ":employeeNumber sw \"7\""))
        .isEqualTo(
            new Compare(
                new Path(
                    ENTERPRISE + ":employeeNumber",
                    List.of(ENTERPRISE, "employeeNumber"),
                    Path.Type.TEXT,
                    false,
                    false,
                    true),
                Operator.STARTS_WITH,
                "7"));
  }

  @Test
  void otherAttributesAreNotIndexed() {
    assertThat(user("nickName pr"))
        .isEqualTo(
            new Present(
                new Path("nickName", List.of("nickName"), Path.Type.TEXT, false, false, false)));
    assertThat(user("name pr"))
        .isEqualTo(
            new Present(new Path("name", List.of("name"), Path.Type.OTHER, false, false, false)));
  }

  @Test
  void idAndTimesAreColumns() {
    assertThat(user("id eq \"A\"")).isEqualTo(new Compare(Path.ID, Operator.EQ, "A"));
    assertThat(user("meta.lastModified gt \"2011-05-13T04:42:34Z\""))
        .isEqualTo(
            new Compare(
                Path.MODIFIED,
                Operator.GREATER,
                Keys.dateTime("2011-05-13T04:42:34Z").orElseThrow()));
    assertThat(user("meta[created lt \"2011-05-13T04:42:34+01:00\"]"))
        .isEqualTo(
            new Compare(
                Path.CREATED, Operator.LESS, Keys.dateTime("2011-05-13T03:42:34Z").orElseThrow()));
  }

  @Test
  void whatIsTheSameInAllResourcesIsDecidedHere() {
    assertThat(user("meta.resourceType eq \"User\"")).isEqualTo(ALL);
    assertThat(user("meta.resourceType eq \"Group\"")).isEqualTo(NONE);
    assertThat(user("not (meta.resourceType eq \"Group\")")).isEqualTo(ALL);
    assertThat(user("schemas eq \"urn:ietf:params:scim:schemas:core:2.0:USER\"")).isEqualTo(ALL);
    assertThat(user("id pr and meta.created pr and schemas pr")).isEqualTo(ALL);
    assertThat(user("meta.resourceType sw \"X\" or id eq \"1\""))
        .isEqualTo(new Compare(Path.ID, Operator.EQ, "1"));
    assertThat(user("meta.resourceType sw \"X\" and id eq \"1\"")).isEqualTo(NONE);
    assertThat(user("schemas eq \"" + ENTERPRISE + "\""))
        .isEqualTo(
            new Compare(
                new Path("schemas", List.of("schemas"), Path.Type.TEXT, false, true, false),
                Operator.EQ,
                ENTERPRISE.toLowerCase(java.util.Locale.ROOT)));
  }

  @Test
  void linkAttributesAreLinks() {
    HasLink member = new HasLink("members", Direction.OUT, false, new LinkTest.Id("7"));
    assertThat(group("members.value eq \"7\"")).isEqualTo(member);
    assertThat(group("members eq \"7\"")).isEqualTo(member);
    assertThat(group("members[value eq \"7\"]")).isEqualTo(member);
    assertThat(group("members pr"))
        .isEqualTo(new HasLink("members", Direction.OUT, false, new LinkTest.Any()));
    assertThat(group("members.type eq \"user\""))
        .isEqualTo(new HasLink("members", Direction.OUT, false, new LinkTest.InCollection("User")));
    assertThat(group("members.type eq \"Robot\"")).isEqualTo(NONE);
    assertThat(user("groups.value eq \"g\""))
        .isEqualTo(new HasLink("members", Direction.IN, true, new LinkTest.Id("g")));
    assertThat(user("groups[value eq \"g\" and type eq \"direct\"]"))
        .isEqualTo(new HasLink("members", Direction.IN, false, new LinkTest.Id("g")));
    assertThat(user("groups.type eq \"direct\""))
        .isEqualTo(new HasLink("members", Direction.IN, false, new LinkTest.Any()));
    assertThat(user(ENTERPRISE + ":manager.value eq \"m\""))
        .isEqualTo(new HasLink("manager", Direction.OUT, false, new LinkTest.Id("m")));
    assertThat(user(ENTERPRISE + ":manager eq null"))
        .isEqualTo(
            new Expression.Not(new HasLink("manager", Direction.OUT, false, new LinkTest.Any())));
  }

  @Test
  void bracketsMeanOneAndTheSameElement() {
    Path type = new Path("emails.type", List.of("type"), Path.Type.TEXT, false, true, false);
    Path value = new Path("emails.value", List.of("value"), Path.Type.TEXT, false, true, false);
    Path emails = new Path("emails", List.of("emails"), Path.Type.OTHER, false, true, false);
    Path indexed =
        new Path("emails.value", List.of("emails", "value"), Path.Type.TEXT, false, true, true);
    assertThat(user("emails[type eq \"work\" and value co \"@x\"]"))
        .isEqualTo(
            new Expression.And(
                List.of(
                    new Compare(indexed, Operator.CONTAINS, "@x"),
                    new Element(
                        emails,
                        new Expression.And(
                            List.of(
                                new Compare(type, Operator.EQ, "work"),
                                new Compare(value, Operator.CONTAINS, "@x")))))));
    assertThat(user("emails[value eq \"a\"]")).isEqualTo(new Compare(indexed, Operator.EQ, "a"));
    assertThat(user("emails[value ne \"a\"]"))
        .isEqualTo(new Element(emails, new Compare(value, Operator.NE, "a")));
    assertThat(user("emails[not (type pr)]"))
        .isEqualTo(new Element(emails, new Expression.Not(new Present(type))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meta.version eq \"W/1\"",
        "meta.location co \"x\"",
        "groups.display co \"x\"",
        "groups.value co \"x\"",
        "groups.value ne \"x\"",
        "groups.type eq \"indirect\"",
        "groups[value eq \"x\" and display eq \"y\"]",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName eq \"x\""
      })
  void whatStorageCanNotBeAskedIsInvalidFilter(String text) {
    assertThatThrownBy(() -> user(text))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_FILTER));
  }

  private static Expression user(String text) {
    return FilterTranslator.translate(USER, FilterParser.parse(USER, text));
  }

  private static Expression group(String text) {
    return FilterTranslator.translate(GROUP, FilterParser.parse(GROUP, text));
  }
}
