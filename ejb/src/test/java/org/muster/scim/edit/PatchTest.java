package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.DEVICE_URN;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.TAG_URN;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.USER_URN;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.patch;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PATCH makes of documents (RFC 7644 sections 3.5.2.1 to 3.5.2.3). */
class PatchTest {
  private static final String WORK = "{'value': 'w', 'type': 'work', 'primary': true}";
  private static final String HOME = "{'value': 'h', 'type': 'home'}";
  private static final String BOTH = "'emails': [" + WORK + ", " + HOME + "]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // a simple attribute
        "                | 'title', 'value': 'b'                    | 'title': 'b'",
        "'title': 'a'    | 'title', 'value': 'b'                    | 'title': 'b'",
        "'title': 'a'    | 'TITLE', 'value': 'b'                    | 'title': 'b'",
        "'title': 'a'    | 'title', 'value': null                   | 'title': 'a'",
        "'title': 'a'    | 'title', 'value': ''                     | 'title': ''",
        "                | 'externalId', 'value': 'e'               | 'externalId': 'e'",
        "                | 'urn:ietf:params:scim:schemas:core:2.0:User:title', 'value': 'b'"
            + " | 'title': 'b'",
        // a complex attribute and its sub-attributes
        "                | 'name', 'value': {'GivenName': 'A'}      | 'name': {'givenName': 'A'}",
        "'name': {'givenName': 'A'} | 'name', 'value': {'familyName': 'B'}"
            + " | 'name': {'givenName': 'A', 'familyName': 'B'}",
        "'name': {'givenName': 'A'} | 'name', 'value': {'givenName': null, 'x': 1}"
            + " | 'name': {'givenName': 'A'}",
        "                | 'name', 'value': {}                      | -",
        "                | 'name.givenName', 'value': 'A'           | 'name': {'givenName': 'A'}",
        "'name': {'givenName': 'A'} | 'NAME.GIVENNAME', 'value': 'B' | 'name': {'givenName': 'B'}",
        // a multi-valued attribute
        "                | 'emails', 'value': [{'value': 'a'}]      | 'emails': [{'value': 'a'}]",
        "                | 'emails', 'value': {'value': 'a'}        | 'emails': [{'value': 'a'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': [{'value': 'b'}, {'value': 'b'}]"
            + " | 'emails': [{'value': 'a'}, {'value': 'b'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': [{'VALUE': 'a'}]"
            + " | 'emails': [{'value': 'a'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': []          | 'emails': [{'value': 'a'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': null        | 'emails': [{'value': 'a'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': [{}]        | 'emails': [{'value': 'a'}]",
        "'emails': [{'value': 'a'}] | 'emails[value eq ~a~]', 'value': {'type': 'work'}"
            + " | 'emails': [{'value': 'a', 'type': 'work'}]",
        "'emails': [{'value': 'a'}] | 'emails[value eq ~a~].type', 'value': 'work'"
            + " | 'emails': [{'value': 'a', 'type': 'work'}]",
        "'emails': [{'value': 'a'}] | 'emails[value eq ~a~].type', 'value': null"
            + " | 'emails': [{'value': 'a'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails.type', 'value': 'x'"
            + " | 'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b', 'type': 'x'}]",
        // schemas
        "                | 'schemas', 'value':"
            + " ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'] | -",
      })
  void add(String before, String operation, String after) {
    check("add", before, operation, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'title': 'a'    | 'title', 'value': 'b'                    | 'title': 'b'",
        "                | 'title', 'value': 'b'                    | 'title': 'b'",
        "'title': 'a'    | 'title', 'value': null                   | -",
        "'active': true  | 'active', 'value': false                 | 'active': false",
        "                | 'name', 'value': {'givenName': 'A'}      | 'name': {'givenName': 'A'}",
        "'name': {'givenName': 'A', 'middleName': 'M'}"
            + " | 'name', 'value': {'givenName': 'B', 'familyName': 'C'}"
            + " | 'name': {'givenName': 'B', 'middleName': 'M', 'familyName': 'C'}",
        "'name': {'givenName': 'A'} | 'name', 'value': {'givenName': null} | -",
        "'name': {'givenName': 'A'} | 'name', 'value': null          | -",
        "'name': {'givenName': 'A'} | 'name', 'value': {}            | 'name': {'givenName': 'A'}",
        "'name': {'givenName': 'A'} | 'name.givenName', 'value': 'B' | 'name': {'givenName': 'B'}",
        "'name': {'givenName': 'A'} | 'name.givenName', 'value': null | -",
        "                | 'name.givenName', 'value': 'B'           | 'name': {'givenName': 'B'}",
        "'name': {'givenName': 'A', 'middleName': 'M'}"
            + " | 'name[givenName eq ~a~]', 'value': {'givenName': 'B'}"
            + " | 'name': {'givenName': 'B', 'middleName': 'M'}",
        "'emails': [{'value': 'a'}] | 'emails', 'value': [{'value': 'b'}]"
            + " | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': {'value': 'b'}"
            + " | 'emails': [{'value': 'b'}]",
        "                | 'emails', 'value': [{'value': 'b'}]      | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': []          | -",
        "'emails': [{'value': 'a'}] | 'emails', 'value': null        | -",
        "'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b'}]"
            + " | 'emails[value eq ~A~]', 'value': {'value': 'c'}"
            + " | 'emails': [{'value': 'c'}, {'value': 'b'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value pr]', 'value': {'value': 'c'}"
            + " | 'emails': [{'value': 'c'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value eq ~a~]', 'value': null"
            + " | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value eq ~a~].value', 'value': 'c'"
            + " | 'emails': [{'value': 'c'}, {'value': 'b'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value eq ~a~].value', 'value': 'b'"
            + " | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value eq ~a~].value', 'value': null"
            + " | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a', 'type': 'work'}, {'value': 'b', 'type': 'work'}]"
            + " | 'urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq ~work~].type',"
            + " 'value': 'x'"
            + " | 'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b', 'type': 'x'}]",
        "                | 'schemas', 'value': ['urn:ietf:params:scim:schemas:core:2.0:User'] | -",
      })
  void replace(String before, String operation, String after) {
    check("replace", before, operation, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'title': 'a'    | 'title'                                  | -",
        "'title': 'a'    | 'title', 'value': 'ignored'              | -",
        "                | 'title'                                  | -",
        "'name': {'givenName': 'A', 'familyName': 'B'} | 'name'      | -",
        "'name': {'givenName': 'A', 'familyName': 'B'} | 'name.givenName'"
            + " | 'name': {'familyName': 'B'}",
        "'name': {'givenName': 'A'} | 'name.givenName'               | -",
        "                | 'name.givenName'                         | -",
        "'name': {'givenName': 'A'} | 'name[givenName eq ~a~].givenName' | -",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails'       | -",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails', 'value': null | -",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value eq ~a~]'"
            + " | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a'}, {'value': 'b'}] | 'emails[value eq ~a~ or value eq ~B~]' | -",
        "'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b', 'type': 'x'}]"
            + " | 'emails[value eq ~a~].type'"
            + " | 'emails': [{'value': 'a'}, {'value': 'b', 'type': 'x'}]",
        "'emails': [{'value': 'a', 'type': 'x'}, {'type': 'x'}] | 'emails.type'"
            + " | 'emails': [{'value': 'a'}]",
        "                | 'emails.type'                            | -",
        "                | 'emails'                                 | -",
        "'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b'}]"
            + " | 'emails', 'value': [{'value': 'a'}, {'value': 'c'}]"
            + " | 'emails': [{'value': 'b'}]",
        "'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b'}]"
            + " | 'emails', 'value': {'type': 'x', 'value': 'b'}"
            + " | 'emails': [{'value': 'a', 'type': 'x'}, {'value': 'b'}]",
        "'emails': [{'value': 'a'}] | 'emails', 'value': []          | 'emails': [{'value': 'a'}]",
      })
  void remove(String before, String operation, String after) {
    check("remove", before, operation, after);
  }

  /** Tildes stand for escaped quotes, since the table needs the others. */
  private static void check(String op, String before, String operation, String after) {
    ObjectNode current = user(before == null ? "" : before);
    Edit edit =
        patch(
            USER, current, "{'op': '" + op + "', 'path': " + operation.replace("~", "\\\"") + "}");
    ObjectNode expected = user(after == null || after.equals("-") ? "" : after);
    assertThat(edit.document()).isEqualTo(expected);
    assertThat(edit.documentChanged()).isEqualTo(!current.equals(expected));
    assertThat(current).isEqualTo(user(before == null ? "" : before));
  }

  @Test
  void operationsSeeWhatEarlierOnesDid() {
    Edit edit =
        patch(
            USER,
            user("'title': 'a'"),
            "{'op': 'remove', 'path': 'title'},"
                + " {'op': 'add', 'path': 'emails', 'value': [{'value': 'a', 'type': 'x'}]},"
                + " {'op': 'replace', 'path': 'emails[type eq \\\"x\\\"].value', 'value': 'b'},"
                + " {'op': 'add', 'path': 'title', 'value': 'a'}");
    assertThat(edit.document())
        .isEqualTo(user("'emails': [{'value': 'b', 'type': 'x'}], 'title': 'a'"));
  }

  @Test
  void whatIsUndoneInTheEndHasNotChanged() {
    Edit edit =
        patch(
            USER,
            user("'title': 'a', 'nickName': 'b'"),
            "{'op': 'remove', 'path': 'title'}, {'op': 'add', 'value': {'title': 'a'}}");
    assertThat(edit.documentChanged()).isFalse();
  }

  @Test
  void withoutAPathTheValueIsASetOfAttributes() {
    String value =
        "{'TITLE': 'b', 'name': {'givenName': 'A'}, 'emails': ["
            + HOME
            + "], 'SCHEMAS': ['"
            + USER_URN
            + "', '"
            + ENTERPRISE
            + "'], 'URN"
            + ENTERPRISE.substring(3)
            + "': {'DIVISION': 'd'}}";
    String before = "'title': 'a', 'name': {'familyName': 'B'}, 'emails': [" + WORK + "]";
    Edit added = patch(USER, user(before), "{'op': 'add', 'value': " + value + "}");
    assertThat(added.document().get("title").textValue()).isEqualTo("b");
    assertThat(added.document().get("name"))
        .isEqualTo(object("{'familyName': 'B', 'givenName': 'A'}"));
    assertThat(added.document().get("emails")).hasSize(2);
    assertThat(added.document().get("schemas").toString())
        .isEqualTo("[\"" + USER_URN + "\",\"" + ENTERPRISE + "\"]");
    assertThat(added.document().get(ENTERPRISE)).isEqualTo(object("{'division': 'd'}"));
    Edit replaced = patch(USER, user(before), "{'op': 'replace', 'value': " + value + "}");
    assertThat(replaced.document().get("emails")).hasSize(1);
    assertThat(replaced.document().get("name"))
        .isEqualTo(object("{'familyName': 'B', 'givenName': 'A'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "replace"})
  void anExtensionIsReachedByItsUrn(String op) {
    ObjectNode expected = user("'" + ENTERPRISE + "': {'division': 'd', 'department': 'e'}");
    expected.withArray("schemas").add(ENTERPRISE);
    ObjectNode current = user("'" + ENTERPRISE + "': {'division': 'x', 'department': 'e'}");
    current.withArray("schemas").add(ENTERPRISE);
    String start = "{'op': '" + op + "', ";
    for (String operation :
        new String[] {
          "'path': '" + ENTERPRISE + "', 'value': {'division': 'd'}}",
          "'path': '"
              + ENTERPRISE.toUpperCase(java.util.Locale.ROOT)
              + "', 'value': {'division': 'd'}}",
          "'path': '" + ENTERPRISE + ":division', 'value': 'd'}",
          "'value': {'" + ENTERPRISE + "': {'division': 'd'}}}",
        }) {
      Edit edit = patch(USER, current, start + operation);
      assertThat(edit.document()).as(operation).isEqualTo(expected);
    }
  }

  @Test
  void anEmptyExtensionLeavesWithItsUrn() {
    ObjectNode current = user("'" + ENTERPRISE + "': {'division': 'x'}");
    current.withArray("schemas").add(ENTERPRISE);
    for (String operation :
        new String[] {
          "{'op': 'remove', 'path': '" + ENTERPRISE + "'}",
          "{'op': 'remove', 'path': '" + ENTERPRISE + ":division'}",
          "{'op': 'replace', 'path': '" + ENTERPRISE + "', 'value': null}",
          "{'op': 'replace', 'value': {'" + ENTERPRISE + "': null}}",
          "{'op': 'replace', 'value': {'" + ENTERPRISE + "': {'division': null}}}",
        }) {
      assertThat(patch(USER, current, operation).document()).as(operation).isEqualTo(user(""));
    }
  }

  @Test
  void settingAPrimaryClearsTheOther() {
    String cleared = "{'value': 'w', 'type': 'work', 'primary': false}";
    String marked = "{'value': 'h', 'type': 'home', 'primary': true}";
    String both = "'emails': [" + cleared + ", " + marked + "]";
    for (String operation :
        new String[] {
          "{'op': 'add', 'path': 'emails[type eq \\\"home\\\"].primary', 'value': true}",
          "{'op': 'replace', 'path': 'emails[type eq \\\"home\\\"].primary', 'value': true}",
          "{'op': 'add', 'path': 'emails[type eq \\\"home\\\"]', 'value': {'PRIMARY': true}}",
          "{'op': 'replace', 'path': 'emails[type eq \\\"home\\\"]', 'value': " + marked + "}",
        }) {
      assertThat(patch(USER, user(BOTH), operation).document()).as(operation).isEqualTo(user(both));
    }
    assertThat(
            patch(
                    USER,
                    user("'emails': [" + WORK + "]"),
                    "{'op': 'add', 'path': 'emails', 'value': " + marked + "}")
                .document())
        .isEqualTo(user(both));
  }

  @Test
  void markingThePrimaryAgainChangesNothing() {
    String operation = "{'op': 'add', 'path': 'emails', 'value': [" + WORK + "]}";
    assertThat(patch(USER, user(BOTH), operation).documentChanged()).isFalse();
  }

  @Test
  void valuesMadeEqualByLosingTheMarkAreMerged() {
    String current =
        "'emails': [{'value': 'a', 'primary': true}, {'value': 'a', 'primary': false}]";
    Edit edit =
        patch(
            USER,
            user(current),
            "{'op': 'add', 'path': 'emails', 'value': {'value': 'b', 'primary': true}}");
    assertThat(edit.document())
        .isEqualTo(
            user("'emails': [{'value': 'a', 'primary': false}, {'value': 'b', 'primary': true}]"));
  }

  @Test
  void severalSelectedValuesDoNotShareTheirPlace() {
    Edit edit =
        patch(
            DEVICE,
            current("'parts': [{'value': 'a', 'count': 1}, {'value': 'b', 'count': 2}]"),
            "{'op': 'add', 'path': 'parts[count gt 0]', 'value': {'type': 't'}},"
                + " {'op': 'replace', 'path': 'parts[value eq \\\"a\\\"].count', 'value': 7}");
    assertThat(edit.document().get("parts"))
        .isEqualTo(
            object(
                    "{'a': [{'value': 'a', 'count': 7, 'type': 't'},"
                        + " {'value': 'b', 'count': 2, 'type': 't'}]}")
                .get("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tags': ['a']        | 'add', 'path': 'tags', 'value': 'b'       | 'tags': ['a', 'b']",
        "'tags': ['a']        | 'add', 'path': 'tags', 'value': ['a']     | 'tags': ['a']",
        "'tags': ['a', 'b']   | 'remove', 'path': 'tags', 'value': ['a']  | 'tags': ['b']",
        "'tags': ['a', 'b']   | 'remove', 'path': 'tags', 'value': 'b'    | 'tags': ['a']",
        "'tags': ['a', 'b']   | 'remove', 'path': 'tags[value eq ~a~]'    | 'tags': ['b']",
        "'tags': ['a', 'b']   | 'replace', 'path': 'tags[value eq ~a~]', 'value': 'c'"
            + " | 'tags': ['c', 'b']",
        "'tags': ['a', 'b']   | 'replace', 'path': 'tags', 'value': ['c', 'c'] | 'tags': ['c']",
        "'sizes': [1, 2.5]    | 'add', 'path': 'sizes', 'value': [1.0, 2.50, 3] "
            + " | 'sizes': [1, 2.5, 3]",
        "'sizes': [1, 2.5]    | 'remove', 'path': 'sizes', 'value': 1.0   | 'sizes': [2.5]",
        "                     | 'add', 'path': 'codes', 'value': ['a']    | 'codes': ['a']",
        "'codes': ['a', 'b']  | 'add', 'path': 'codes', 'value': ['b']    | 'codes': ['a', 'b']",
        "'codes': ['a', 'b']  | 'replace', 'path': 'codes', 'value': ['b', 'a'] "
            + " | 'codes': ['b', 'a']",
        "'weight': 1.5        | 'replace', 'path': 'weight', 'value': 1.50 | 'weight': 1.5",
        "'maker': {'name': 'a'} | 'add', 'path': 'maker.country', 'value': 'CH'"
            + " | 'maker': {'name': 'a', 'country': 'CH'}",
        "'maker': {'name': 'a', 'country': 'CH'} | 'replace', 'path': 'maker.country',"
            + " 'value': 'CH' | 'maker': {'name': 'a', 'country': 'CH'}",
        "'maker': {'name': 'a', 'country': 'CH'} | 'add', 'path': 'maker',"
            + " 'value': {'name': 'b', 'country': 'CH', 'rating': 5}"
            + " | 'maker': {'name': 'b', 'country': 'CH'}",
        "'maker': {'name': 'a', 'brands': ['x']} | 'add', 'path': 'maker.brands', 'value': ['y']"
            + " | 'maker': {'name': 'a', 'brands': ['x', 'y']}",
        "'maker': {'name': 'a', 'brands': ['x']} | 'add', 'path': 'maker',"
            + " 'value': {'brands': 'y'} | 'maker': {'name': 'a', 'brands': ['x', 'y']}",
        "'maker': {'name': 'a', 'brands': ['x']} | 'replace', 'path': 'maker',"
            + " 'value': {'brands': ['y']} | 'maker': {'name': 'a', 'brands': ['y']}",
        "'maker': {'name': 'a', 'brands': ['x']} | 'remove', 'path': 'maker.brands'"
            + " | 'maker': {'name': 'a'}",
        "'parts': [{'value': 'a'}] | 'add', 'path': 'parts[value eq ~a~].batch', 'value': 'z'"
            + " | 'parts': [{'value': 'a', 'batch': 'z'}]",
        "                     | 'add', 'path': 'serial', 'value': 's1'    | -",
        "                     | 'replace', 'path': 'serial', 'value': 's1' | -",
      })
  void everyKindOfAttributeFollowsItsDefinition(String before, String operation, String after) {
    ObjectNode current = current(before == null ? "" : before);
    Edit edit = patch(DEVICE, current, "{'op': " + operation.replace("~", "\\\"") + "}");
    ObjectNode expected = current(after == null || after.equals("-") ? "" : after);
    assertThat(SameJson.test(edit.document(), expected)).as(edit.document().toString()).isTrue();
    assertThat(edit.documentChanged()).isEqualTo(!SameJson.test(current, expected));
  }

  @Test
  void aPasswordIsASecretAndNoChangeOfTheDocument() {
    Edit set = patch(USER, user(""), "{'op': 'replace', 'path': 'Password', 'value': 'p1'}");
    assertThat(set.secrets()).isEqualTo(Map.of("password", Optional.of("p1")));
    assertThat(set.documentChanged()).isFalse();
    assertThat(patch(USER, user(""), "{'op': 'add', 'value': {'password': 'p2'}}").secrets())
        .isEqualTo(Map.of("password", Optional.of("p2")));
    for (String operation :
        new String[] {
          "{'op': 'remove', 'path': 'password'}",
          "{'op': 'replace', 'path': 'password', 'value': null}",
          "{'op': 'replace', 'value': {'password': null}}",
        }) {
      assertThat(patch(USER, user(""), operation).secrets())
          .isEqualTo(Map.of("password", Optional.empty()));
    }
    assertThat(patch(USER, user(""), "{'op': 'add', 'value': {'password': null}}").secrets())
        .isEmpty();
    assertThat(
            patch(
                    USER,
                    user(""),
                    "{'op': 'remove', 'path': 'password'},"
                        + " {'op': 'add', 'path': 'password', 'value': 'p3'}")
                .secrets())
        .isEqualTo(Map.of("password", Optional.of("p3")));
  }

  private static ObjectNode current(String members) {
    return object(
        "{'schemas': ['"
            + DEVICE_URN
            + "', '"
            + TAG_URN
            + "'], 'serial': 's1', '"
            + TAG_URN
            + "': {'number': '7'}"
            + (members.isEmpty() ? "" : ", " + members)
            + "}");
  }
}
