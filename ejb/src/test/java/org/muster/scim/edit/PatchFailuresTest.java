package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.DEVICE_URN;
import static org.muster.scim.edit.Samples.TAG_URN;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.failure;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.patch;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scimType of each failure of a PATCH (RFC 7644 sections 3.5.2 and 3.12, table 9). */
class PatchFailuresTest {
  private static final String CURRENT =
      "'title': 'a', 'name': {'givenName': 'A'}, 'emails': [{'value': 'w', 'type': 'work',"
          + " 'primary': true}, {'value': 'h', 'type': 'home'}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // section 3.5.2.3: no match; table 9: the path did not yield a value to operate on
        "'replace', 'path': 'emails[type eq ~other~]', 'value': {'value': 'x'}    | noTarget",
        "'replace', 'path': 'emails[type eq ~other~].value', 'value': 'x'         | noTarget",
        "'replace', 'path': 'phoneNumbers[type eq ~work~].value', 'value': 'x'    | noTarget",
        "'replace', 'path': 'name[givenName eq ~B~].givenName', 'value': 'x'      | noTarget",
        "'replace', 'path': 'phoneNumbers.value', 'value': 'x'                    | noTarget",
        "'add', 'path': 'emails[type eq ~other~].value', 'value': 'x'             | noTarget",
        "'add', 'path': 'emails[type eq ~other~]', 'value': {'value': 'x'}        | noTarget",
        "'remove', 'path': 'emails[type eq ~other~]'                              | noTarget",
        "'remove', 'path': 'emails[type eq ~other~].value'                        | noTarget",
        "'remove', 'path': 'phoneNumbers[type eq ~work~]'                         | noTarget",
        // table 9: invalidPath
        "'add', 'path': 'nonsense', 'value': 'x'                                  | invalidPath",
        "'replace', 'path': 'nonsense', 'value': 'x'                              | invalidPath",
        "'remove', 'path': 'nonsense'                                             | invalidPath",
        "'remove', 'path': ''                                                     | invalidPath",
        "'remove', 'path': ' '                                                    | invalidPath",
        "'remove', 'path': 'name.'                                                | invalidPath",
        "'remove', 'path': '.name'                                                | invalidPath",
        "'remove', 'path': 'name.nonsense'                                        | invalidPath",
        "'remove', 'path': 'name.givenName.x'                                     | invalidPath",
        "'remove', 'path': 'emails[type eq ~work~'                                | invalidFilter",
        "'remove', 'path': 'emails[type eq ~work~]]'                              | invalidPath",
        "'remove', 'path': 'emails[type eq ~work~].nonsense'                      | invalidPath",
        "'remove', 'path': 'emails[type eq ~work~]value'                          | invalidPath",
        "'remove', 'path': 'title[value eq ~a~]'                                  | invalidPath",
        "'remove', 'path': 'urn:x:y'                                              | invalidPath",
        "'remove', 'path': 'urn:x:y:title'                                        | invalidPath",
        "'remove', 'path': 'department'                                           | invalidPath",
        "'remove', 'path': '/title'                                               | invalidPath",
        // table 9: invalidFilter
        "'remove', 'path': 'emails[]'                                             | invalidFilter",
        "'remove', 'path': 'emails[type]'                                         | invalidFilter",
        "'remove', 'path': 'emails[type xx ~work~]'                               | invalidFilter",
        "'remove', 'path': 'emails[nonsense eq ~work~]'                           | invalidFilter",
        "'remove', 'path': 'emails[primary gt true]'                              | invalidFilter",
        // section 3.5.2: mutability
        "'add', 'path': 'id', 'value': 'x'                                        | mutability",
        "'replace', 'path': 'ID', 'value': 'x'                                    | mutability",
        "'remove', 'path': 'id'                                                   | mutability",
        "'replace', 'value': {'id': 'x'}                                          | mutability",
        "'replace', 'path': 'meta', 'value': {}                                   | mutability",
        "'replace', 'path': 'meta.created', 'value': '2008-01-23T04:56:22Z'       | mutability",
        "'add', 'value': {'meta': {}}                                             | mutability",
        "'add', 'path': 'groups', 'value': [{'value': 'g'}]                       | mutability",
        "'remove', 'path': 'groups'                                               | mutability",
        "'remove', 'path': 'groups[value eq ~g~]'                                 | mutability",
        "'remove', 'path': 'groups.value'                                         | mutability",
        "'add', 'value': {'groups': []}                                           | mutability",
        "'remove', 'path': 'schemas'                                              | mutability",
        "'replace', 'path': 'schemas', 'value': []                                | mutability",
        "'replace', 'value': {'schemas': null}                                    | mutability",
        // section 3.5.2.2: removal of what is required
        "'remove', 'path': 'userName'                                             | mutability",
        "'replace', 'value': {'userName': null}                                    | mutability",
        "'remove', 'path': 'USERNAME', 'value': 'x'                               | mutability",
        // table 9: a required value was missing, or a value does not fit
        "'replace', 'path': 'userName', 'value': null                             | mutability",
        "'replace', 'path': 'userName', 'value': ''                               | invalidValue",
        "'add', 'value': {'userName': ' '}                                        | invalidValue",
        "'replace', 'path': 'title', 'value': 1                                   | invalidValue",
        "'replace', 'path': 'title', 'value': ['x']                               | invalidValue",
        "'replace', 'path': 'title', 'value': []                                  | invalidValue",
        "'replace', 'path': 'title', 'value': {}                                  | invalidValue",
        "'replace', 'path': 'active', 'value': 'True'                             | invalidValue",
        "'replace', 'path': 'name', 'value': 'x'                                  | invalidValue",
        "'replace', 'path': 'name', 'value': [{'givenName': 'x'}]                 | invalidValue",
        "'replace', 'path': 'name.givenName', 'value': {'givenName': 'x'}         | invalidValue",
        "'add', 'path': 'emails', 'value': 'x'                                    | invalidValue",
        "'add', 'path': 'emails', 'value': ['x']                                  | invalidValue",
        "'add', 'path': 'emails', 'value': [null]                                 | invalidValue",
        "'add', 'path': 'emails', 'value': [{'value': 1}]                         | invalidValue",
        "'replace', 'path': 'emails[type eq ~work~]', 'value': 'x'                | invalidValue",
        "'replace', 'path': 'emails[type eq ~work~]', 'value': [{'value': 'x'}]   | invalidValue",
        "'replace', 'path': 'emails[type eq ~work~].value', 'value': {'value': 1} | invalidValue",
        "'replace', 'path': 'emails[type eq ~work~].primary', 'value': 'true'     | invalidValue",
        "'remove', 'path': 'emails', 'value': 'x'                                 | invalidValue",
        "'add', 'path': 'title', 'value': 'a\\u0000'                              | invalidValue",
        "'replace', 'path': 'emails[type eq ~work~].value', 'value': '\\ud800'    | invalidValue",
        "'replace', 'path': 'password', 'value': 5                                | invalidValue",
        "'replace', 'path': 'profileUrl', 'value': 'a b'                          | invalidValue",
        "'replace', 'path': 'externalId', 'value': {}                             | invalidValue",
        "'add', 'path': 'schemas', 'value': ['urn:x:y']                           | invalidValue",
        "'add', 'path': 'schemas', 'value': [1]                                   | invalidValue",
        "'add', 'path': 'schemas', 'value': {}                                    | invalidValue",
        "'add', 'value': 'x'                                                      | invalidValue",
        "'add', 'value': null                                                     | invalidValue",
        "'add', 'value': [{'title': 'x'}]                                         | invalidValue",
        "'add', 'value': {'nonsense': 'x'}                                        | invalidValue",
        "'add', 'value': {'name.givenName': 'x'}                                  | invalidValue",
        "'add', 'value': {'urn:x:y': {'a': 1}}                                    | invalidValue",
        "'add', 'value': {'urn:ietf:params:scim:schemas:core:2.0:User:title': 'x'}"
            + " | invalidValue",
        "'add', 'value': {'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': 'x'}"
            + " | invalidValue",
        "'add', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', 'value': []"
            + " | invalidValue",
        "'add', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',"
            + " 'value': {'nonsense': 'x'} | invalidValue",
        // more than one primary value
        "'add', 'path': 'emails', 'value': [{'value': 'a', 'primary': true},"
            + " {'value': 'b', 'primary': true}] | invalidValue",
        "'replace', 'path': 'emails', 'value': [{'value': 'a', 'primary': true},"
            + " {'value': 'b', 'primary': true}] | invalidValue",
        "'replace', 'path': 'emails[value pr].primary', 'value': true             | invalidValue",
        "'add', 'path': 'emails.primary', 'value': true                           | invalidValue",
        "'add', 'path': 'emails[value pr]', 'value': {'primary': true}            | invalidValue",
        // names given twice
        "'add', 'value': {'title': 'a', 'TITLE': 'b'}                             | invalidSyntax",
        "'add', 'path': 'name', 'value': {'givenName': 'a', 'givenname': 'b'}     | invalidSyntax",
        "'add', 'path': 'emails', 'value': {'value': 'a', 'Value': 'b'}           | invalidSyntax",
      })
  void ofAUser(String operation, String scimType) {
    ObjectNode current = user(CURRENT);
    var failure =
        failure(() -> patch(USER, current, "{'op': " + operation.replace("~", "\\\"") + "}"));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo(scimType);
    assertThat(current).isEqualTo(user(CURRENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'replace', 'path': 'serial', 'value': 's2'                            | mutability",
        "'add', 'path': 'serial', 'value': 's2'                                | mutability",
        "'add', 'value': {'serial': 's2'}                                      | mutability",
        "'remove', 'path': 'serial'                                            | mutability",
        "'replace', 'path': 'serial', 'value': null                            | mutability",
        "'add', 'path': 'codes', 'value': ['c']                                | mutability",
        "'replace', 'path': 'codes', 'value': ['a']                            | mutability",
        "'remove', 'path': 'codes', 'value': ['a']                             | mutability",
        "'remove', 'path': 'codes[value eq ~a~]'                               | mutability",
        "'replace', 'path': 'codes[value eq ~a~]', 'value': 'c'                | mutability",
        "'replace', 'path': 'state', 'value': 'x'                              | mutability",
        "'replace', 'path': 'maker.rating', 'value': 'x'                       | mutability",
        "'replace', 'path': 'maker.country', 'value': 'DE'                     | mutability",
        "'remove', 'path': 'maker.country'                                     | mutability",
        "'replace', 'path': 'maker', 'value': {'country': 'DE'}                | mutability",
        "'remove', 'path': 'maker.name'                                        | mutability",
        "'replace', 'path': 'maker.name', 'value': null                        | mutability",
        "'replace', 'path': 'parts[value eq ~a~].batch', 'value': 'y'          | mutability",
        "'remove', 'path': 'parts[value eq ~a~].batch'                         | mutability",
        "'remove', 'path': 'parts[value eq ~a~].value'                         | mutability",
        "'replace', 'path': 'parts[value eq ~a~].checked', 'value': 'y'        | mutability",
        "'add', 'path': 'parts', 'value': {'type': 'y'}                        | invalidValue",
        "'replace', 'path': 'parts[value eq ~a~]', 'value': {'type': 'y'}      | invalidValue",
        "'add', 'path': 'tags', 'value': {'value': 'x'}                        | invalidValue",
        "'remove', 'path': 'urn:example:Tag'                                   | mutability",
        "'remove', 'path': 'urn:example:Tag:number'                            | mutability",
        "'replace', 'path': 'urn:example:Tag', 'value': null                   | mutability",
        "'replace', 'path': 'urn:example:Tag:printed', 'value': 'no'           | mutability",
        "'remove', 'path': 'keeper'                                            | mutability",
        "'remove', 'path': 'keeper.value'                                      | mutability",
        "'replace', 'path': 'keeper', 'value': null                            | mutability",
        "'remove', 'path': 'origin'                                            | mutability",
        "'replace', 'path': 'origin', 'value': null                            | mutability",
        "'remove', 'path': 'origin[value eq ~x~]'                              | mutability",
      })
  void ofADevice(String operation, String scimType) {
    ObjectNode current =
        object(
            "{'schemas': ['"
                + DEVICE_URN
                + "', '"
                + TAG_URN
                + "'], 'serial': 's1', 'codes': ['a', 'b'],"
                + " 'maker': {'name': 'm', 'country': 'CH'},"
                + " 'parts': [{'value': 'a', 'batch': 'x'}], 'tags': ['t'], '"
                + TAG_URN
                + "': {'number': '7', 'printed': 'yes'}}");
    ObjectNode copy = current.deepCopy();
    var failure =
        failure(() -> patch(DEVICE, current, "{'op': " + operation.replace("~", "\\\"") + "}"));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo(scimType);
    assertThat(current).isEqualTo(copy);
  }

  @Test
  void theMessageNamesTheOperation() {
    var failure =
        failure(
            () ->
                patch(
                    USER,
                    user(""),
                    "{'op': 'add', 'path': 'title', 'value': 'x'},"
                        + " {'op': 'add', 'path': 'name.givenName', 'value': 5}"));
    assertThat(failure)
        .hasMessage("Operations[1]: name.givenName must be a string, not such a number");
  }

  @Test
  void theWorkOfARequestHasALimit() {
    ObjectNode current = user("");
    ArrayNode emails = current.putArray("emails");
    for (int i = 0; i < 10_000; i++) {
      emails.addObject().put("value", "a" + i);
    }
    String operation =
        "{'op': 'replace', 'path': 'emails[value eq \\\"a7\\\"].type', 'value': 'x'}";
    String hundred = String.join(",", java.util.Collections.nCopies(100, operation));
    assertThat(patch(USER, current, hundred).documentChanged()).isTrue();
    var failure = failure(() -> patch(USER, current, hundred + "," + operation));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("tooMany");
  }

  @Test
  void aValueTooManyIsRefused() {
    ObjectNode current = user("");
    ArrayNode emails = current.putArray("emails");
    for (int i = 0; i < 10_000; i++) {
      emails.addObject().put("value", "a" + i);
    }
    Edit same = patch(USER, current, "{'op': 'add', 'path': 'emails', 'value': [{'value': 'a5'}]}");
    assertThat(same.documentChanged()).isFalse();
    var failure =
        failure(
            () -> patch(USER, current, "{'op': 'add', 'path': 'emails', 'value': {'value': 'b'}}"));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("invalidValue");
  }
}
