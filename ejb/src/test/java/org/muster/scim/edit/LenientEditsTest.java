package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.GROUP;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.request;
import static org.muster.scim.edit.Samples.scimType;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.scim.ScimException;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;
import org.muster.scim.policy.Coercion;
import org.muster.scim.policy.Coercions;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.Switch;
import org.muster.scim.schema.ResourceType;

/** Each switch: refused without it, accepted with it alone, and told of. */
class LenientEditsTest {
  private static final String ANN =
      "'title': 'Guide', 'active': true, 'emails': [{'type': 'work', 'value': 'a@x.org'}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          BOOLEAN_AS_TEXT | {'op': 'replace', 'path': 'active', 'value': 'False'} | invalidValue | /active | false
          BOOLEAN_AS_TEXT | {'op': 'add', 'value': {'active': 'fALSE'}} | invalidValue | /active | false
          BOOLEAN_AS_TEXT | {'op': 'add', 'path': 'emails[type eq \\"work\\"].primary', 'value': 'True'} | invalidValue | /emails/0/primary | true
          BOOLEAN_AS_TEXT | {'op': 'add', 'path': 'emails', 'value': [{'value': 'b@x.org', 'primary': 'true'}]} | invalidValue | /emails/1/primary | true
          COMPLEX_AS_TEXT | {'op': 'add', 'path': 'roles', 'value': ['{\\"id\\":\\"7\\",\\"value\\":\\"admin\\",\\"display\\":\\"Admin\\"}']} | invalidValue | /roles/0/display | Admin
          COMPLEX_AS_TEXT | {'op': 'replace', 'path': 'roles', 'value': 'admin'} | invalidValue | /roles/0/value | admin
          COMPLEX_AS_TEXT | {'op': 'add', 'value': {'emails': ['b@x.org']}} | invalidValue | /emails/1/value | b@x.org
          COMPLEX_AS_TEXT | {'op': 'add', 'path': 'roles', 'value': ['{broken']} | invalidValue | /roles/0/value | {broken
          EMPTY_TEXT_AS_NULL | {'op': 'replace', 'path': 'active', 'value': ''} | invalidValue | /active | MISSING
          EMPTY_TEXT_AS_NULL | {'op': 'add', 'path': 'active', 'value': ''} | invalidValue | /active | MISSING
          ARRAY_OF_ONE | {'op': 'replace', 'path': 'title', 'value': ['Chief']} | invalidValue | /title | Chief
          ARRAY_OF_ONE | {'op': 'add', 'value': {'name': [{'givenName': 'Ann'}]}} | invalidValue | /name/givenName | Ann
          UNMATCHED_FILTER_CREATES | {'op': 'replace', 'path': 'emails[type eq \\"home\\"].value', 'value': 'h@x.org'} | noTarget | /emails/1/value | h@x.org
          UNMATCHED_FILTER_CREATES | {'op': 'add', 'path': 'addresses[type eq \\"work\\"].country', 'value': 'NO'} | noTarget | /addresses/0/country | NO
          UNMATCHED_FILTER_CREATES | {'op': 'add', 'path': 'roles[primary eq true].value', 'value': 'admin'} | noTarget | /roles/0/primary | true
          UNMATCHED_FILTER_CREATES | {'op': 'add', 'path': 'emails[type eq \\"home\\" and primary eq true]', 'value': {'value': 'h@x.org'}} | noTarget | /emails/1/type | home
          UNMATCHED_FILTER_CREATES | {'op': 'replace', 'path': 'emails[type eq \\"home\\"].value', 'value': null} | noTarget | /emails/1 | MISSING
          UNMATCHED_FILTER_REMOVES_NOTHING | {'op': 'remove', 'path': 'emails[type eq \\"home\\"].value'} | noTarget | /emails/0/type | work
          PATHS_AS_NAMES | {'op': 'replace', 'value': {'name.givenName': 'Ann'}} | invalidValue | /name/givenName | Ann
          PATHS_AS_NAMES | {'op': 'replace', 'value': {'emails[type eq \\"work\\"].value': 'w@x.org'}} | invalidValue | /emails/0/value | w@x.org
          PATHS_AS_NAMES | {'op': 'add', 'value': {'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'IT'}} | invalidValue | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | IT
          EXTENSION_NAMES_WITHOUT_URN | {'op': 'add', 'path': 'department', 'value': 'IT'} | invalidPath | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | IT
          EXTENSION_NAMES_WITHOUT_URN | {'op': 'add', 'value': {'department': 'IT'}} | invalidValue | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | IT
          IGNORE_UNKNOWN | {'op': 'add', 'path': 'shoeSize', 'value': 43} | invalidPath | /shoeSize | MISSING
          IGNORE_UNKNOWN | {'op': 'add', 'path': 'name.nonsense', 'value': 'x'} | invalidPath | /name | MISSING
          IGNORE_UNKNOWN | {'op': 'add', 'path': 'emails[type eq \\"work\\"].nonsense', 'value': 'x'} | invalidPath | /emails/0/nonsense | MISSING
          IGNORE_UNKNOWN | {'op': 'add', 'path': 'shoes[type eq \\"left\\"].size', 'value': 'x'} | invalidPath | /shoes | MISSING
          IGNORE_UNKNOWN | {'op': 'add', 'value': {'shoeSize': 43, 'title': 'Chief'}} | invalidValue | /title | Chief
          IGNORE_UNKNOWN | {'op': 'add', 'value': {'urn:x:y:2.0:User': {'a': 1}, 'title': 'Chief'}} | invalidValue | /title | Chief
          IGNORE_UNKNOWN | {'op': 'add', 'value': {'schemas': ['urn:x:y'], 'title': 'Chief'}} | invalidValue | /title | Chief
          IGNORE_READ_ONLY | {'op': 'replace', 'value': {'id': 'x', 'title': 'Chief'}} | mutability | /title | Chief
          IGNORE_READ_ONLY | {'op': 'replace', 'path': 'groups', 'value': []} | mutability | /groups | MISSING
          """)
  void operationPassesWithItsSwitchAlone(
      Switch by, String operation, String scimType, String pointer, String expected) {
    ObjectNode current = ResourceValidation.create(USER, user(ANN)).document();
    ObjectNode before = current.deepCopy();
    PatchRequest patch = request(operation);
    assertThat(scimType(() -> Patching.patch(USER, current, patch))).isEqualTo(scimType);
    Coercions heard = new Coercions();
    Edit edit = Patching.patch(USER, current, patch, only(by, heard));
    assertThat(edit.document().at(pointer).asText("MISSING")).isEqualTo(expected);
    assertThat(heard.all()).isNotEmpty().extracting(Coercion::by).containsOnly(by);
    assertThat(current).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          BOOLEAN_AS_TEXT | 'active': 'True' | /active | true
          BOOLEAN_AS_TEXT | 'roles': [{'value': 'r', 'primary': 'False'}] | /roles/0/primary | false
          COMPLEX_AS_TEXT | 'roles': ['r'] | /roles/0/value | r
          COMPLEX_AS_TEXT | 'emails': 'a@x.org' | /emails/0/value | a@x.org
          EMPTY_TEXT_AS_NULL | 'active': '' | /active | MISSING
          ARRAY_OF_ONE | 'title': ['Guide'] | /title | Guide
          IGNORE_UNKNOWN | 'urn:x:y:2.0:User': {'a': 'b'} | /userName | ann
          """)
  void bodyPassesWithItsSwitchAlone(Switch by, String member, String pointer, String expected) {
    ObjectNode body = user(member);
    ObjectNode before = body.deepCopy();
    assertThat(scimType(() -> ResourceValidation.create(USER, body))).isEqualTo("invalidValue");
    Coercions heard = new Coercions();
    Leniency leniency = only(by, heard);
    ObjectNode document = ResourceValidation.create(USER, body, leniency).document();
    assertThat(document.at(pointer).asText("MISSING")).isEqualTo(expected);
    assertThat(heard.all()).extracting(Coercion::by).containsOnly(by);
    assertThat(ResourceValidation.replace(USER, document, body, leniency).documentChanged())
        .isFalse();
    assertThat(body).isEqualTo(before);
  }

  @Test
  void unknownSchemaIsIgnored() {
    ObjectNode body =
        object(
            "{'schemas': ['"
                + Samples.GROUP_URN
                + "', 'http://schemas.example.com/2006/11/Group'], 'displayName': 'All'}");
    assertThat(scimType(() -> ResourceValidation.create(GROUP, body))).isEqualTo("invalidValue");
    Edit edit = ResourceValidation.create(GROUP, body, only(Switch.IGNORE_UNKNOWN));
    assertThat(edit.document().get("schemas")).hasSize(1);
  }

  @Test
  void schemasMayBeLeftOut() {
    ObjectNode body = object("{'userName': 'ann'}");
    Leniency optional = only(Switch.SCHEMAS_OPTIONAL);
    assertThat(scimType(() -> ResourceValidation.create(USER, body))).isEqualTo("invalidSyntax");
    assertThat(ResourceValidation.create(USER, body, optional).document().get("schemas"))
        .hasSize(1);
    ObjectNode patch = object("{'Operations': [{'op': 'remove', 'path': 'title'}]}");
    assertThat(scimType(() -> PatchRequest.parse(patch))).isEqualTo("invalidSyntax");
    assertThat(PatchRequest.parse(patch, 1, optional).operations()).hasSize(1);
    ObjectNode wrong = object("{'schemas': ['urn:x'], 'Operations': [{'op': 'remove'}]}");
    assertThatThrownBy(() -> PatchRequest.parse(wrong, 1, optional))
        .isInstanceOf(ScimException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          COMPLEX_AS_TEXT | {'op': 'add', 'path': 'PATH', 'value': 'boss'} | boss
          COMPLEX_AS_TEXT | {'op': 'add', 'value': {'URN': {'manager': 'boss'}}} | boss
          ARRAY_OF_ONE | {'op': 'add', 'path': 'PATH', 'value': [{'value': 'boss', '$ref': '../Users/boss'}]} | boss
          EXTENSION_NAMES_WITHOUT_URN | {'op': 'replace', 'path': 'manager', 'value': {'value': 'boss'}} | boss
          PATHS_AS_NAMES | {'op': 'replace', 'value': {'PATH': {'value': 'boss'}}} | boss
          EMPTY_TEXT_AS_NULL | {'op': 'replace', 'path': 'PATH', 'value': ''} | ``
          EMPTY_TEXT_AS_NULL | {'op': 'add', 'path': 'PATH', 'value': {'value': ''}} | ``
          EMPTY_TEXT_AS_NULL | {'op': 'add', 'path': 'PATH', 'value': {'value': null}} | ``
          EMPTY_TEXT_AS_NULL | {'op': 'add', 'path': 'PATH.value', 'value': ''} | ``
          """)
  void managerIsSetAndRemovedInEveryShape(Switch by, String operation, String manager) {
    ObjectNode current = ResourceValidation.create(USER, user("")).document();
    PatchRequest patch =
        request(operation.replace("PATH", ENTERPRISE + ":manager").replace("URN", ENTERPRISE));
    assertThat(scimType(() -> Patching.patch(USER, current, patch))).isNotEqualTo("none");
    Edit edit = Patching.patch(USER, current, patch, only(by));
    List<LinkValue> expected =
        manager.isEmpty() ? List.of() : List.of(new LinkValue(manager, Optional.empty()));
    assertThat(edit.links())
        .singleElement()
        .isInstanceOfSatisfying(
            LinkEdit.Replace.class, replaced -> assertThat(replaced.values()).isEqualTo(expected));
  }

  @Test
  void membersComeAsTexts() {
    assertThat(
            links(
                GROUP,
                "{'op': 'add', 'path': 'members', 'value': ['u1', 'u2']}",
                Switch.COMPLEX_AS_TEXT))
        .singleElement()
        .isInstanceOfSatisfying(LinkEdit.Add.class, added -> assertThat(added.values()).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'op': 'remove', 'path': 'members', 'value': ''}
          {'op': 'replace', 'path': 'members', 'value': ''}
          {'op': 'remove', 'path': 'members', 'value': ['']}
          {'op': 'remove', 'path': 'displayName'}
          {'op': 'replace', 'path': 'displayName', 'value': ''}
          {'op': 'replace', 'path': 'members[', 'value': ''}
          {'op': 'replace', 'path': '€', 'value': ''}
          {'op': 'add', 'value': {'a b': 1}}
          {'op': 'add', 'value': {'members[value eq': 1}}
          {'op': 'add', 'path': 'members[nonsense eq 1]', 'value': 1}
          {'op': 'replace', 'path': 'members', 'value': ['{"value": {"value": "u1"}}']}
          {'op': 'add', 'path': 'schemas', 'value': 7}
          """)
  void noLeniencyMakesSenseOfNonsense(String operation) {
    ObjectNode current = ResourceValidation.create(GROUP, Samples.group("")).document();
    Leniency all = Leniency.of(new Profile("all", "", Set.of(Switch.values())));
    String op = operation.replace("\"value\"", "\\\"value\\\"").replace("\"u1\"", "\\\"u1\\\"");
    assertThat(scimType(() -> Patching.patch(GROUP, current, request(op), all)))
        .isNotEqualTo("none");
  }

  @Test
  void filterThatLeavesTheValueOpenCreatesNone() {
    ObjectNode current = ResourceValidation.create(USER, user("")).document();
    for (String filter :
        List.of("type ne \\\"work\\\"", "type eq \\\"a\\\" or type eq \\\"b\\\"", "value pr")) {
      String operation =
          "{'op': 'add', 'path': 'emails[" + filter + "].value', 'value': 'a@x.org'}";
      assertThat(
              scimType(
                  () ->
                      Patching.patch(
                          USER,
                          current,
                          request(operation),
                          only(Switch.UNMATCHED_FILTER_CREATES))))
          .isEqualTo("noTarget");
    }
  }

  @Test
  void createdPrimaryValueTakesTheMarkFromTheOther() {
    ObjectNode current =
        ResourceValidation.create(
                USER, user("'emails': [{'type': 'work', 'value': 'a@x.org', 'primary': true}]"))
            .document();
    PatchRequest patch =
        request(
            "{'op': 'add', 'path': 'emails[type eq \\\"home\\\" and primary eq true].value',"
                + " 'value': 'h@x.org'}");
    ObjectNode document =
        Patching.patch(USER, current, patch, only(Switch.UNMATCHED_FILTER_CREATES)).document();
    assertThat(document.at("/emails/0/primary").asBoolean()).isFalse();
    assertThat(document.at("/emails/1/primary").asBoolean()).isTrue();
  }

  @Test
  void failureNamesTheOperationOfTheClient() {
    ObjectNode current = ResourceValidation.create(USER, user("")).document();
    PatchRequest patch =
        request(
            "{'op': 'add', 'value': {'name.givenName': 'A', 'name.familyName': 'B'}},"
                + " {'op': 'add', 'path': 'active', 'value': 'perhaps'}");
    Leniency all = Leniency.of(new Profile("all", "", Set.of(Switch.values())));
    assertThatThrownBy(() -> Patching.patch(USER, current, patch, all))
        .hasMessageStartingWith("Operations[1]: active");
  }

  @Test
  void noCoercionTellsAValue() {
    Coercions heard = new Coercions();
    Leniency all = new Leniency(new Profile("all", "", Set.of(Switch.values())), heard);
    ResourceValidation.create(USER, user("'password': ['s3cret'], 'roles': ['s3cret']"), all);
    assertThat(heard.all()).hasSize(2);
    assertThat(heard.all().toString()).doesNotContain("s3cret");
  }

  private static List<LinkEdit> links(ResourceType type, String operation, Switch by) {
    ObjectNode current = ResourceValidation.create(type, Samples.group("")).document();
    return Patching.patch(type, current, request(operation), only(by)).links();
  }

  private static Leniency only(Switch by) {
    return Leniency.of(new Profile(by.word(), "", Set.of(by)));
  }

  private static Leniency only(Switch by, Coercions heard) {
    return new Leniency(new Profile(by.word(), "", Set.of(by)), heard);
  }
}
