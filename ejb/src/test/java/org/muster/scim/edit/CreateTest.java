package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.GROUP;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.USER_URN;
import static org.muster.scim.edit.Samples.device;
import static org.muster.scim.edit.Samples.failure;
import static org.muster.scim.edit.Samples.group;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.scimType;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;

/** POST bodies (RFC 7644 section 3.3, RFC 7643 section 2). */
class CreateTest {
  @Test
  void aPlainUserIsKeptAsItIs() {
    Edit edit = ResourceValidation.create(USER, user("'active': true, 'externalId': 'e1'"));
    assertThat(edit.document()).isEqualTo(user("'active': true, 'externalId': 'e1'"));
    assertThat(edit.documentChanged()).isTrue();
    assertThat(edit.links()).isEmpty();
    assertThat(edit.secrets()).isEmpty();
  }

  @Test
  void namesTakeTheSpellingOfTheSchema() {
    Edit edit =
        ResourceValidation.create(
            USER,
            object(
                "{'SCHEMAS': ['URN:ietf:params:SCIM:schemas:core:2.0:user'], 'USERNAME': 'ann',"
                    + " 'Name': {'FAMILYNAME': 'Lee'}, 'EXTERNALID': 'e',"
                    + " 'URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:User':"
                    + " {'DEPARTMENT': 'x'}}"));
    assertThat(edit.document())
        .isEqualTo(
            object(
                "{'schemas': ['"
                    + USER_URN
                    + "', '"
                    + ENTERPRISE
                    + "'], 'userName': 'ann', 'name': {'familyName': 'Lee'}, 'externalId': 'e', '"
                    + ENTERPRISE
                    + "': {'department': 'x'}}"));
    assertThat(edit.document().fieldNames().next()).isEqualTo("schemas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'USERNAME': 'bob'",
        "'userNAME': null",
        "'id': '1', 'ID': '2'",
        "'Schemas': []",
        "'title': null, 'TITLE': null",
        "'name': {'familyName': 'a', 'FamilyName': 'a'}",
        "'emails': [{'value': 'a', 'VALUE': 'b'}]",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {},"
            + " 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user': {}",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':"
            + " {'division': 'a', 'Division': 'b'}",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':"
            + " {'manager': {'value': 'a', 'Value': 'b'}}",
      })
  void aNameGivenTwiceIsInvalidSyntax(String members) {
    assertThat(scimType(() -> ResourceValidation.create(USER, user(members))))
        .isEqualTo("invalidSyntax");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'userName': 'ann'}",
        "{'schemas': null, 'userName': 'ann'}",
        "{'schemas': [], 'userName': 'ann'}",
        "{'schemas': {}, 'userName': 'ann'}",
        "{'schemas': 'urn:ietf:params:scim:schemas:core:2.0:User', 'userName': 'ann'}",
        "{'schemas': [1], 'userName': 'ann'}",
        "{'schemas': [null], 'userName': 'ann'}",
        "{'schemas': ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],"
            + " 'userName': 'ann'}",
      })
  void schemasMustNameTheCoreSchema(String body) {
    assertThat(scimType(() -> ResourceValidation.create(USER, object(body))))
        .isEqualTo("invalidSyntax");
  }

  @Test
  void unknownSchemasAreInvalidValues() {
    ObjectNode listed = object("{'schemas': ['" + USER_URN + "', 'urn:x:y'], 'userName': 'a'}");
    assertThat(scimType(() -> ResourceValidation.create(USER, listed))).isEqualTo("invalidValue");
    assertThat(scimType(() -> ResourceValidation.create(USER, user("'urn:x:y': {'a': 1}"))))
        .isEqualTo("invalidValue");
    assertThat(scimType(() -> ResourceValidation.create(USER, user("'" + USER_URN + "': {}"))))
        .isEqualTo("invalidValue");
    assertThat(scimType(() -> ResourceValidation.create(GROUP, group("'" + ENTERPRISE + "': {}"))))
        .isEqualTo("invalidValue");
  }

  @Test
  void schemasListTheExtensionsThatHaveData() {
    ObjectNode listed =
        object("{'schemas': ['" + ENTERPRISE + "', '" + USER_URN + "'], 'userName': 'a'}");
    assertThat(ResourceValidation.create(USER, listed).document().get("schemas"))
        .isEqualTo(object("{'a': ['" + USER_URN + "']}").get("a"));
    ObjectNode unlisted = user("'" + ENTERPRISE + "': {'division': 'd'}");
    assertThat(ResourceValidation.create(USER, unlisted).document().get("schemas"))
        .isEqualTo(object("{'a': ['" + USER_URN + "', '" + ENTERPRISE + "']}").get("a"));
    ObjectNode empty = user("'" + ENTERPRISE + "': {'division': null}");
    assertThat(ResourceValidation.create(USER, empty).document()).isEqualTo(user(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'id': 'mine'",
        "'meta': {'resourceType': 'Group', 'created': 7}",
        "'groups': [{'value': 'g'}]",
        "'groups': 'wrong type'",
        "'nonsense': {'deep': [1, 2]}",
        "'name': {'nonsense': 1}",
        "'title': null",
        "'emails': []",
        "'emails': null",
        "'emails': [{}]",
        "'emails': [{'value': null}, {'nonsense': 1}]",
        "'name': {}",
        "'name': {'familyName': null}",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': null",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': null}",
        "'password': null",
      })
  void whatIsReadOnlyUnknownOrUnassignedLeavesNoTrace(String members) {
    Edit edit = ResourceValidation.create(USER, user(members));
    assertThat(edit.document()).isEqualTo(user(""));
    assertThat(edit.links()).isEmpty();
    assertThat(edit.secrets()).isEmpty();
  }

  @Test
  void aReadOnlySubAttributeIsIgnored() {
    ObjectNode body = device("'maker': {'name': 'm', 'rating': 5, 'country': 'CH'}");
    assertThat(ResourceValidation.create(DEVICE, body).document().get("maker"))
        .isEqualTo(object("{'name': 'm', 'country': 'CH'}"));
  }

  @Test
  void aPasswordIsNoPartOfTheDocument() {
    Edit edit = ResourceValidation.create(USER, user("'PassWord': 't1meMa$heen'"));
    assertThat(edit.document()).isEqualTo(user(""));
    assertThat(edit.secrets()).isEqualTo(Map.of("password", Optional.of("t1meMa$heen")));
    assertThat(edit.toString()).doesNotContain("t1meMa");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User']}",
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': null}",
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': ''}",
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'userName': '  '}",
      })
  void aRequiredAttributeMustHaveAValue(String body) {
    var failure = failure(() -> ResourceValidation.create(USER, object(body)));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("invalidValue");
    assertThat(failure).hasMessageContaining("userName");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'maker': {'country': 'CH'}                | maker.name",
        "'maker': {'name': ''}                     | maker.name",
        "'parts': [{'value': 'a'}, {'type': 'b'}]  | parts.value",
        "'keeper': null                            | keeper",
        "'urn:example:Tag': {'colour': 'red'}      | urn:example:Tag:number",
        "'urn:example:Lease': {'number': '1'}      | urn:example:Lease:lessor",
        "'urn:example:Lease': {'lessor': {'value': 'u'}} | urn:example:Lease:number",
        "'urn:example:Tag': {}                     | urn:example:Tag",
        "'urn:example:Tag': null                   | urn:example:Tag",
      })
  void requiredSubAttributesLinksAndExtensionsMustBeThere(String members, String path) {
    ObjectNode body = device("");
    body.setAll(object("{" + members + "}"));
    var failure = failure(() -> ResourceValidation.create(DEVICE, body));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("invalidValue");
    assertThat(failure).hasMessageStartingWith(path + " is required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'title': 1                        | title",
        "'title': true                     | title",
        "'title': {}                       | title",
        "'title': ['x']                    | title",
        "'title': []                       | title",
        "'active': 'true'                  | active",
        "'active': 1                       | active",
        "'name': 'Lee'                     | name",
        "'name': []                        | name",
        "'name': [{'familyName': 'x'}]     | name",
        "'name': {'familyName': 5}         | name.familyName",
        "'name': {'familyName': {}}        | name.familyName",
        "'emails': 'a@b'                   | emails",
        "'emails': {'value': 'a@b'}        | emails",
        "'emails': {}                      | emails",
        "'emails': ['a@b']                 | emails",
        "'emails': [null]                  | emails",
        "'emails': [[]]                    | emails",
        "'emails': [{'value': 1}]          | emails.value",
        "'emails': [{'primary': 'true'}]   | emails.primary",
        "'emails': [{'value': ['a']}]      | emails.value",
        "'profileUrl': 'not a uri'         | profileUrl",
        "'profileUrl': 1                   | profileUrl",
        "'password': 1                     | password",
        "'password': ['x']                 | password",
        "'externalId': 5                   | externalId",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': 'x'"
            + " | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'division': 1}"
            + " | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': 'x'}"
            + " | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': [{'value':'x'}]}"
            + " | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'manager': {}}"
            + " | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
      })
  void aWrongTypeIsAnInvalidValueAndNamesItsPath(String members, String path) {
    var failure = failure(() -> ResourceValidation.create(USER, user(members)));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("invalidValue");
    assertThat(failure).hasMessageStartingWith(path + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'title': 'a\\u0000'",
        "'title': '\\ud800'",
        "'title': '\\udc00x'",
        "'emails': [{'value': '\\ud83d'}]",
        "'password': '\\u0000'",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'division': '\\u0000'}",
        "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':"
            + " {'manager': {'value': 'a\\u0000'}}",
      })
  void textThatCannotBeStoredIsAnInvalidValue(String members) {
    assertThat(scimType(() -> ResourceValidation.create(USER, user(members))))
        .isEqualTo("invalidValue");
  }

  @Test
  void emptyTextIsAValueOfWhatIsNotRequired() {
    assertThat(ResourceValidation.create(USER, user("'title': ''")).document())
        .isEqualTo(user("'title': ''"));
  }

  @Test
  void canonicalValuesAreSuggestions() {
    ObjectNode body = user("'emails': [{'value': 'a@b', 'type': 'holiday'}]");
    assertThat(ResourceValidation.create(USER, body).document()).isEqualTo(body);
  }

  @Test
  void equalValuesAreMergedInTheirOrder() {
    ObjectNode body =
        user(
            "'emails': [{'value': 'b', 'primary': true}, {'value': 'a'},"
                + " {'PRIMARY': true, 'VALUE': 'b'}, {'value': 'a', 'type': 'work'}]");
    assertThat(ResourceValidation.create(USER, body).document().get("emails"))
        .isEqualTo(
            object(
                    "{'a': [{'value': 'b', 'primary': true}, {'value': 'a'},"
                        + " {'value': 'a', 'type': 'work'}]}")
                .get("a"));
    ObjectNode sizes = device("'sizes': [1, 1.0, 2.50, 2.5, 1e0], 'tags': ['x', 'X', 'x']");
    ObjectNode read = ResourceValidation.create(DEVICE, sizes).document();
    assertThat(read.get("sizes").toString()).isEqualTo("[1,2.5]");
    assertThat(read.get("tags").toString()).isEqualTo("[\"x\",\"X\"]");
  }

  @Test
  void twoPrimariesAreAnInvalidValue() {
    ObjectNode body =
        user("'emails': [{'value': 'b', 'primary': true}, {'value': 'a', 'primary': true}]");
    assertThat(scimType(() -> ResourceValidation.create(USER, body))).isEqualTo("invalidValue");
  }

  @Test
  void aDocumentHoldsTenThousandValuesOfAnAttribute() {
    ObjectNode body = user("");
    ArrayNode emails = body.putArray("emails");
    for (int i = 0; i < 10_000; i++) {
      emails.addObject().put("value", "a" + i);
    }
    assertThat(ResourceValidation.create(USER, body).document().get("emails")).hasSize(10_000);
    emails.addObject().put("value", "b");
    assertThat(scimType(() -> ResourceValidation.create(USER, body))).isEqualTo("invalidValue");
  }

  @Test
  void membersBecomeLinks() {
    Edit edit =
        ResourceValidation.create(
            GROUP,
            group(
                "'Members': [{'value': 'u1', 'type': 'user', '$ref': 5, 'display': {}},"
                    + " {'value': 'g1', 'type': 'Group'}, {'value': 'u1'}, {'value': 'u2'}]"));
    assertThat(edit.document()).isEqualTo(group(""));
    LinkEdit.Replace replace = (LinkEdit.Replace) edit.links().get(0);
    assertThat(replace.attribute()).hasToString("members");
    assertThat(replace.values())
        .containsExactly(
            new LinkValue("u1", Optional.of("User")),
            new LinkValue("g1", Optional.of("Group")),
            new LinkValue("u2", Optional.empty()));
    assertThat(edit.links()).hasSize(1);
  }

  @Test
  void membersAreNotCounted() {
    ObjectNode body = group("");
    ArrayNode members = body.putArray("members");
    for (int i = 0; i < 50_000; i++) {
      members.addObject().put("value", "u" + i);
    }
    LinkEdit edit = ResourceValidation.create(GROUP, body).links().get(0);
    assertThat(((LinkEdit.Replace) edit).values()).hasSize(50_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'members': {'value': 'u1'}                              | members",
        "'members': 'u1'                                         | members",
        "'members': ['u1']                                       | members",
        "'members': [null]                                       | members",
        "'members': [{}]                                         | members.value",
        "'members': [{'$ref': 'Users/u1'}]                       | members.value",
        "'members': [{'value': null}]                            | members.value",
        "'members': [{'value': ''}]                              | members.value",
        "'members': [{'value': 5}]                               | members.value",
        "'members': [{'value': 'u1', 'type': 'Device'}]          | members.type",
        "'members': [{'value': 'u1', 'type': 5}]                 | members.type",
        "'members': [{'value': 'u', 'type': 'User'}, {'value': 'u', 'type': 'Group'}] | members",
      })
  void aLinkNeedsAnIdAndAKnownType(String members, String path) {
    var failure = failure(() -> ResourceValidation.create(GROUP, group(members)));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("invalidValue");
    assertThat(failure).hasMessageStartingWith(path + " ");
  }

  @Test
  void anIdLongerThanAnyIsAnInvalidValue() {
    ObjectNode body = group("'members': [{'value': '" + "x".repeat(256) + "'}]");
    assertThat(scimType(() -> ResourceValidation.create(GROUP, body))).isEqualTo("invalidValue");
  }

  @Test
  void aManagerBecomesALinkOfTheExtension() {
    ObjectNode body =
        user("'" + ENTERPRISE + "': {'manager': {'value': 'u9', 'displayName': 'B'}}");
    Edit edit = ResourceValidation.create(USER, body);
    LinkEdit.Replace replace = (LinkEdit.Replace) edit.links().get(0);
    assertThat(replace.attribute()).hasToString(ENTERPRISE + ":manager");
    assertThat(replace.values()).isEqualTo(List.of(new LinkValue("u9", Optional.empty())));
    assertThat(edit.document()).isEqualTo(user(""));
  }

  @Test
  void theBodyIsNotChanged() {
    String members =
        "'emails': [{'VALUE': 'a'}, {'value': 'a'}], 'id': '1', 'password': 'p', 'x': 1, '"
            + ENTERPRISE
            + "': {'manager': {'value': 'u9'}}";
    ObjectNode body = user(members);
    Edit edit = ResourceValidation.create(USER, body);
    edit.document().removeAll();
    assertThat(body).isEqualTo(user(members));
  }
}
