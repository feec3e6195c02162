package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.request;
import static org.muster.scim.edit.Samples.scimType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;
import org.muster.scim.edit.PatchRequest.Op;
import org.muster.scim.edit.PatchRequest.Operation;

/** The body of a PATCH (RFC 7644 section 3.5.2). */
class PatchRequestTest {
  @Test
  void operationsKeepTheirOrder() {
    PatchRequest request =
        PatchRequest.parse(
            object(
                "{'SCHEMAS': ['URN:ietf:params:scim:api:messages:2.0:patchop'], 'operations': ["
                    + "{'OP': 'Add', 'Path': 'title', 'VALUE': 'a'},"
                    + "{'op': 'REMOVE', 'path': 'title'},"
                    + "{'op': 'replace', 'path': null, 'value': null, 'more': 1}], 'more': 1}"));
    assertThat(request.operations())
        .containsExactly(
            new Operation(Op.ADD, Optional.of("title"), Optional.of(new TextNode("a"))),
            new Operation(Op.REMOVE, Optional.of("title"), Optional.empty()),
            new Operation(
                Op.REPLACE, Optional.empty(), Optional.of(object("{'a': null}").get("a"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'Operations': [{'op': 'remove', 'path': 'a'}]}",
        "{'schemas': 'urn:ietf:params:scim:api:messages:2.0:PatchOp',"
            + " 'Operations': [{'op': 'remove', 'path': 'a'}]}",
        "{'schemas': {'a': 'urn:ietf:params:scim:api:messages:2.0:PatchOp'},"
            + " 'Operations': [{'op': 'remove', 'path': 'a'}]}",
        "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'],"
            + " 'Operations': [{'op': 'remove', 'path': 'a'}]}",
        "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp']}",
        "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': []}",
        "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': null}",
        "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': {}}",
        "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations':"
            + " [{'op': 'remove', 'path': 'a'}], 'operations': [{'op': 'remove', 'path': 'a'}]}",
      })
  void aBodyThatIsNoPatchIsInvalidSyntax(String body) {
    assertThat(scimType(() -> PatchRequest.parse(object(body)))).isEqualTo("invalidSyntax");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null                                               | invalidSyntax",
        "'add'                                              | invalidSyntax",
        "{}                                                 | invalidSyntax",
        "{'op': null, 'path': 'a'}                          | invalidSyntax",
        "{'op': 1, 'path': 'a'}                             | invalidSyntax",
        "{'op': 'move', 'path': 'a', 'value': 1}            | invalidSyntax",
        "{'op': '', 'path': 'a', 'value': 1}                | invalidSyntax",
        "{'op': 'add', 'Op': 'add', 'value': {}}            | invalidSyntax",
        "{'op': 'add', 'path': 'a'}                         | invalidValue",
        "{'op': 'replace', 'path': 'a'}                     | invalidValue",
        "{'op': 'replace'}                                  | invalidValue",
        "{'op': 'remove'}                                   | noTarget",
        "{'op': 'remove', 'path': null, 'value': {'a': 1}}  | noTarget",
        "{'op': 'remove', 'path': 5}                        | invalidPath",
        "{'op': 'add', 'path': ['a'], 'value': 1}           | invalidPath",
      })
  void aWrongOperationIsRefused(String operation, String scimType) {
    assertThat(scimType(() -> request("{'op': 'remove', 'path': 'ok'}, " + operation)))
        .isEqualTo(scimType);
  }

  @Test
  void thereIsALimitOfOperations() {
    ObjectNode body = object("{'schemas': ['" + PatchRequest.URN + "']}");
    ArrayNode operations = body.putArray("Operations");
    for (int i = 0; i < 1_000; i++) {
      operations.addObject().put("op", "remove").put("path", "title");
    }
    assertThat(PatchRequest.parse(body).operations()).hasSize(1_000);
    operations.add(operations.get(0));
    assertThatThrownBy(() -> PatchRequest.parse(body))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(413));
    assertThat(PatchRequest.parse(body, 1_001).operations()).hasSize(1_001);
  }

  @Test
  void theOperationsAreACopy() {
    List<Operation> operations =
        new java.util.ArrayList<>(request("{'op': 'remove', 'path': 'a'}").operations());
    PatchRequest request = new PatchRequest(operations);
    operations.clear();
    assertThat(request.operations()).hasSize(1);
  }
}
