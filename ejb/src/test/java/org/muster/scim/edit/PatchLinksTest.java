package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.DEVICE_URN;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.GROUP;
import static org.muster.scim.edit.Samples.TAG_URN;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.group;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.patch;
import static org.muster.scim.edit.Samples.scimType;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;

/** PATCH of attributes that are links: members and manager. */
class PatchLinksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'add', 'path': 'members', 'value': [{'value': 'a'}, {'value': 'b', 'type': 'group'}]"
            + " | add(a b:Group)",
        "'add', 'path': 'MEMBERS', 'value': {'Value': 'a', 'display': 'x'}      | add(a)",
        "'add', 'path': 'members', 'value': [{'value': 'a'}, {'value': 'a'}]    | add(a)",
        "'add', 'path': 'members', 'value': []                                  | -",
        "'add', 'path': 'members', 'value': null                                | -",
        "'add', 'value': {'members': [{'value': 'a'}]}                          | add(a)",
        "'add', 'path': 'urn:ietf:params:scim:schemas:core:2.0:Group:members',"
            + " 'value': [{'value': 'a'}] | add(a)",
        "'replace', 'path': 'members', 'value': [{'value': 'a'}, {'value': 'b'}] | replace(a b)",
        "'replace', 'path': 'members', 'value': {'value': 'a'}                  | replace(a)",
        "'replace', 'path': 'members', 'value': []                              | replace()",
        "'replace', 'path': 'members', 'value': null                            | replace()",
        "'replace', 'value': {'members': [{'value': 'a'}]}                      | replace(a)",
        "'remove', 'path': 'members'                                            | replace()",
        "'remove', 'path': 'members', 'value': null                             | replace()",
        "'remove', 'path': 'members', 'value': [{'value': 'a'}, {'value': 'b'}] | remove(a b)",
        "'remove', 'path': 'members', 'value': {'value': 'a'}                   | remove(a)",
        "'remove', 'path': 'members', 'value': []                               | -",
        "'remove', 'path': 'members[value eq ~a~]'                              | remove(a)",
        "'remove', 'path': 'members[VALUE EQ ~a~ or value eq ~b~]'              | remove(a b)",
        "'remove', 'path': 'members[(value eq ~a~) or (value eq ~b~ or value eq ~c~)]'"
            + " | remove(a b c)",
        "'remove', 'path': 'members[value eq ~~]'                               | -",
        "'remove', 'path': 'members[type eq ~Group~]'                 | where(type eq ~Group~)",
        "'remove', 'path': 'members[value eq ~a~ and type eq ~User~]'"
            + " | where(value eq ~a~ and type eq ~User~)",
        "'remove', 'path': 'members[value eq ~a~ or display sw ~b~]'"
            + " | where(value eq ~a~ or display sw ~b~)",
        "'remove', 'path': 'members[not (value eq ~a~)]'              | where(not (value eq ~a~))",
        "'remove', 'path': 'members[value ne ~a~]'                    | where(value ne ~a~)",
        "'add', 'path': 'members', 'value': [{'value': 'a'}]},"
            + " {'op': 'add', 'path': 'members', 'value': [{'value': 'b'}, {'value': 'a'}]"
            + " | add(a b)",
        "'remove', 'path': 'members[value eq ~a~]'},"
            + " {'op': 'remove', 'path': 'members[value eq ~b~]' | remove(a b)",
        "'add', 'path': 'members', 'value': [{'value': 'a'}]},"
            + " {'op': 'remove', 'path': 'members[value eq ~a~]'},"
            + " {'op': 'add', 'path': 'members', 'value': [{'value': 'b'}]"
            + " | add(a) remove(a) add(b)",
        "'add', 'path': 'members', 'value': [{'value': 'a'}]},"
            + " {'op': 'replace', 'path': 'members', 'value': [{'value': 'b'}]},"
            + " {'op': 'add', 'path': 'members', 'value': [{'value': 'c'}] | replace(b) add(c)",
        "'remove', 'path': 'members[type eq ~User~]'}, {'op': 'remove', 'path': 'members'"
            + " | replace()",
      })
  void ofMembers(String operation, String edits) {
    Edit edit = patch(GROUP, group(""), "{'op': " + operation.replace("~", "\\\"") + "}");
    assertThat(text(edit.links())).isEqualTo(edits.replace("-", "").replace('~', '"'));
    assertThat(edit.document()).isEqualTo(group(""));
    assertThat(edit.documentChanged()).isFalse();
    assertThat(edit.links()).allMatch(link -> link.attribute().toString().equals("members"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'replace', 'path': 'members[value eq ~a~].display', 'value': 'x'        | mutability",
        "'replace', 'path': 'members[value eq ~a~].value', 'value': 'x'          | mutability",
        "'replace', 'path': 'members[value eq ~a~].$ref', 'value': 'x'           | mutability",
        "'remove', 'path': 'members[value eq ~a~].type'                          | mutability",
        "'remove', 'path': 'members.value'                                       | mutability",
        "'replace', 'path': 'members[value eq ~a~]', 'value': {'value': 'b'}     | mutability",
        "'add', 'path': 'members[value eq ~a~]', 'value': {'value': 'b'}         | mutability",
        "'add', 'path': 'members', 'value': 'a'                                  | invalidValue",
        "'add', 'path': 'members', 'value': ['a']                                | invalidValue",
        "'add', 'path': 'members', 'value': {}                                   | invalidValue",
        "'add', 'path': 'members', 'value': [{'type': 'User'}]                   | invalidValue",
        "'add', 'path': 'members', 'value': [{'value': 5}]                       | invalidValue",
        "'add', 'path': 'members', 'value': [{'value': 'a', 'type': 'Car'}]      | invalidValue",
        "'add', 'value': {'members': 'a'}                                        | invalidValue",
        "'remove', 'path': 'members', 'value': ['a']                             | invalidValue",
        "'remove', 'path': 'members[nonsense eq ~a~]'                            | invalidFilter",
        "'remove', 'path': 'members[value eq a]'                                 | invalidFilter",
        "'remove', 'path': 'displayName'                                         | mutability",
      })
  void failuresOfMembers(String operation, String scimType) {
    assertThat(
            scimType(
                () -> patch(GROUP, group(""), "{'op': " + operation.replace("~", "\\\"") + "}")))
        .isEqualTo(scimType);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'add', 'path': 'E:manager', 'value': {'value': 'a'}               | replace(a)",
        "'replace', 'path': 'E:MANAGER', 'value': {'value': 'a', '$ref': 'x', 'displayName': 5}"
            + " | replace(a)",
        "'replace', 'path': 'E:manager', 'value': null                     | replace()",
        "'add', 'path': 'E:manager', 'value': null                         | -",
        "'add', 'path': 'E:manager.value', 'value': 'a'                    | replace(a)",
        "'replace', 'path': 'E:manager.value', 'value': 'a'                | replace(a)",
        "'replace', 'path': 'E:manager.value', 'value': null               | replace()",
        "'add', 'path': 'E:manager.value', 'value': null                   | -",
        "'remove', 'path': 'E:manager.value'                               | replace()",
        "'remove', 'path': 'E:manager'                                     | replace()",
        "'remove', 'path': 'E:manager', 'value': 'x'                       | replace()",
        "'remove', 'path': 'E:manager[value eq ~a~]'                       | remove(a)",
        "'replace', 'value': {'E': {'manager': {'value': 'a'}}}            | replace(a)",
        "'add', 'path': 'E', 'value': {'manager': {'value': 'a'}}          | replace(a)",
        "'replace', 'path': 'E', 'value': {'manager': null}                | replace()",
        "'remove', 'path': 'E'                                             | replace()",
        "'add', 'path': 'E:manager', 'value': {'value': 'a'}},"
            + " {'op': 'add', 'path': 'E:manager', 'value': {'value': 'b'} | replace(b)",
      })
  void ofAManager(String operation, String edits) {
    Edit edit = patch(USER, user(""), manager(operation));
    assertThat(text(edit.links())).isEqualTo(edits.replace("-", ""));
    assertThat(edit.documentChanged()).isFalse();
    assertThat(edit.links())
        .allMatch(link -> link.attribute().toString().equals(ENTERPRISE + ":manager"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'replace', 'path': 'E:manager', 'value': 'a'                        | invalidValue",
        "'replace', 'path': 'E:manager', 'value': [{'value': 'a'}]           | invalidValue",
        "'replace', 'path': 'E:manager', 'value': {}                         | invalidValue",
        "'replace', 'path': 'E:manager', 'value': {'value': ''}              | invalidValue",
        "'replace', 'path': 'E:manager.value', 'value': {'value': 'a'}       | invalidValue",
        "'replace', 'path': 'E:manager.value', 'value': ''                   | invalidValue",
        "'replace', 'path': 'E:manager.displayName', 'value': 'a'            | mutability",
        "'replace', 'path': 'E:manager.$ref', 'value': 'a'                   | mutability",
        "'replace', 'path': 'manager', 'value': {'value': 'a'}               | invalidPath",
        "'replace', 'value': {'manager': {'value': 'a'}}                     | invalidValue",
      })
  void failuresOfAManager(String operation, String scimType) {
    assertThat(scimType(() -> patch(USER, user(""), manager(operation)))).isEqualTo(scimType);
  }

  private static String manager(String operation) {
    return "{'op': " + operation.replace("'E", "'" + ENTERPRISE).replace("~", "\\\"") + "}";
  }

  @Test
  void anImmutableLinkIsOnlyAdded() {
    ObjectNode device =
        object(
            "{'schemas': ['"
                + DEVICE_URN
                + "', '"
                + TAG_URN
                + "'], 'serial': 's', '"
                + TAG_URN
                + "': {'number': '7'}}");
    for (String path :
        List.of("'origin', 'value': {'value': 'd'}", "'origin.value', 'value': 'd'")) {
      for (String op : List.of("add", "replace")) {
        Edit edit = patch(DEVICE, device, "{'op': '" + op + "', 'path': " + path + "}");
        assertThat(text(edit.links())).as(op + path).isEqualTo("add(d)");
      }
    }
  }

  @Test
  void anExtensionLeavesWithItsLinksAndSecrets() {
    ObjectNode device =
        object(
            "{'schemas': ['"
                + DEVICE_URN
                + "', '"
                + TAG_URN
                + "', 'urn:example:Site'],"
                + " 'serial': 's', '"
                + TAG_URN
                + "': {'number': '7'},"
                + " 'urn:example:Site': {'room': 'r'}}");
    Edit edit = patch(DEVICE, device, "{'op': 'remove', 'path': 'URN:example:site'}");
    assertThat(edit.document().has("urn:example:Site")).isFalse();
    assertThat(edit.document().get("schemas")).hasSize(2);
    assertThat(text(edit.links())).isEqualTo("replace()");
    assertThat(edit.links().get(0).attribute()).hasToString("urn:example:Site:host");
    assertThat(edit.secrets()).isEqualTo(Map.of("urn:example:Site:code", Optional.empty()));
    device.withObject("/urn:example:Site").put("fixed", "f");
    assertThat(
            scimType(() -> patch(DEVICE, device, "{'op': 'remove', 'path': 'urn:example:Site'}")))
        .isEqualTo("mutability");
  }

  @Test
  void documentAndLinksChangeTogether() {
    Edit edit =
        patch(
            GROUP,
            group(""),
            "{'op': 'replace', 'value': {'displayName': 'B', 'members': [{'value': 'a'}]}}");
    assertThat(edit.documentChanged()).isTrue();
    assertThat(edit.document().get("displayName").textValue()).isEqualTo("B");
    assertThat(text(edit.links())).isEqualTo("replace(a)");
  }

  @Test
  void aThousandOperationsOfOneMemberAreOneEdit() {
    String operations =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{'op': 'add', 'path': 'members', 'value': [{'value': 'u" + i + "'}]}")
            .collect(Collectors.joining(","));
    Edit edit = patch(GROUP, group(""), operations);
    assertThat(edit.links()).hasSize(1);
    assertThat(((LinkEdit.Add) edit.links().get(0)).values()).hasSize(1_000);
  }

  private static String text(List<LinkEdit> edits) {
    return edits.stream().map(PatchLinksTest::text).collect(Collectors.joining(" "));
  }

  private static String text(LinkEdit edit) {
    if (edit instanceof LinkEdit.Add add) {
      return "add(" + ids(add.values()) + ")";
    }
    if (edit instanceof LinkEdit.Remove remove) {
      return "remove(" + ids(remove.values()) + ")";
    }
    if (edit instanceof LinkEdit.Replace replace) {
      return "replace(" + ids(replace.values()) + ")";
    }
    return "where(" + ((LinkEdit.RemoveWhere) edit).filter() + ")";
  }

  private static String ids(List<LinkValue> values) {
    return values.stream()
        .map(value -> value.id() + value.type().map(type -> ":" + type).orElse(""))
        .collect(Collectors.joining(" "));
  }
}
