package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceType.Extension;
import org.muster.scim.schema.SchemaReader;
import org.muster.storage.JsonDocument;

/** Resource types and JSON that the tests of this package share. */
final class Samples {
  static final String USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  static final String DEVICE_URN = "urn:example:Device";
  static final String TAG_URN = "urn:example:Tag";

  static final ResourceType USER = builtIn("User");
  static final ResourceType GROUP = builtIn("Group");

  /** A type with what the built-in ones lack: every data type, mutability and requirement. */
  static final ResourceType DEVICE =
      new ResourceType(
          "Device",
          "Devices",
          "",
          SchemaReader.read(
              json(
                  """
                  {"id": "urn:example:Device", "name": "Device", "attributes": [
                    {"name": "serial", "required": true, "mutability": "immutable"},
                    {"name": "label"},
                    {"name": "state", "mutability": "readOnly"},
                    {"name": "weight", "type": "decimal"},
                    {"name": "ports", "type": "integer"},
                    {"name": "bought", "type": "dateTime"},
                    {"name": "certificate", "type": "binary"},
                    {"name": "manual", "type": "reference", "referenceTypes": ["external"]},
                    {"name": "rugged", "type": "boolean"},
                    {"name": "pin", "mutability": "writeOnly", "returned": "never"},
                    {"name": "tags", "multiValued": true},
                    {"name": "sizes", "type": "decimal", "multiValued": true},
                    {"name": "codes", "multiValued": true, "mutability": "immutable"},
                    {"name": "maker", "type": "complex", "subAttributes": [
                      {"name": "name", "required": true},
                      {"name": "country", "mutability": "immutable"},
                      {"name": "rating", "mutability": "readOnly"},
                      {"name": "brands", "multiValued": true}]},
                    {"name": "parts", "type": "complex", "multiValued": true, "subAttributes": [
                      {"name": "value", "required": true, "caseExact": true},
                      {"name": "type"},
                      {"name": "batch", "mutability": "immutable"},
                      {"name": "checked", "mutability": "readOnly"},
                      {"name": "count", "type": "integer"},
                      {"name": "primary", "type": "boolean"}]},
                    {"name": "keeper", "type": "complex", "required": true, "subAttributes": [
                      {"name": "value", "caseExact": true}, {"name": "$ref", "type": "reference"},
                      {"name": "type"}],
                     "x-link": {"relation": "keeper", "direction": "out", "types": ["User"]}},
                    {"name": "origin", "type": "complex", "mutability": "immutable",
                     "subAttributes": [{"name": "value", "caseExact": true}],
                     "x-link": {"relation": "origin", "direction": "out", "types": ["Device"]}}
                  ]}""")),
          List.of(
              new Extension(
                  SchemaReader.read(
                      json(
                          """
                          {"id": "urn:example:Tag", "name": "Tag", "attributes": [
                            {"name": "number", "required": true},
                            {"name": "colour"},
                            {"name": "printed", "mutability": "immutable"}]}""")),
                  true),
              new Extension(
                  SchemaReader.read(
                      json(
                          """
                          {"id": "urn:example:Site", "name": "Site", "attributes": [
                            {"name": "room"},
                            {"name": "fixed", "mutability": "immutable"},
                            {"name": "code", "mutability": "writeOnly", "returned": "never"},
                            {"name": "host", "type": "complex", "multiValued": true,
                             "subAttributes": [{"name": "value", "caseExact": true}],
                             "x-link": {"relation": "host", "direction": "out",
                               "types": ["User"]}}]}""")),
                  false),
              new Extension(
                  SchemaReader.read(
                      json(
                          """
                          {"id": "urn:example:Lease", "name": "Lease", "attributes": [
                            {"name": "number", "required": true},
                            {"name": "lessor", "type": "complex", "required": true,
                             "subAttributes": [{"name": "value", "caseExact": true}],
                             "x-link": {"relation": "lessor", "direction": "out",
                               "types": ["User"]}}]}""")),
                  false)),
          List.of("label"),
          List.of());

  private Samples() {}

  /** JSON with single quotes for double ones. */
  static ObjectNode object(String text) {
    return (ObjectNode) json(text.replace('\'', '"'));
  }

  static JsonNode json(String text) {
    try {
      return JsonDocument.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A user with these further members. */
  static ObjectNode user(String members) {
    return object("{'schemas': ['" + USER_URN + "'], 'userName': 'ann'" + more(members) + "}");
  }

  /** A group with these further members. */
  static ObjectNode group(String members) {
    return object("{'schemas': ['" + GROUP_URN + "'], 'displayName': 'All'" + more(members) + "}");
  }

  /** A device that has all that is required, with these further members. */
  static ObjectNode device(String members) {
    return object(
        "{'schemas': ['urn:example:Device'], 'serial': 's1', 'keeper': {'value': 'u1'},"
            + " 'urn:example:Tag': {'number': '7'}"
            + more(members)
            + "}");
  }

  /** A PATCH with these operations. */
  static PatchRequest request(String operations) {
    return PatchRequest.parse(
        object("{'schemas': ['" + PatchRequest.URN + "'], 'Operations': [" + operations + "]}"));
  }

  /** What a PATCH with these operations makes of a resource. */
  static Edit patch(ResourceType type, ObjectNode current, String operations) {
    return Patching.patch(type, current, request(operations));
  }

  private static String more(String members) {
    return members.isEmpty() ? "" : ", " + members;
  }

  /** What a client would be told of {@code call}. */
  static ScimException failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ScimException.class);
    ScimException failure = (ScimException) thrown;
    assertThat(failure.status()).isEqualTo(400);
    return failure;
  }

  /** The scimType that a client would be told of {@code call}. */
  static String scimType(ThrowingCallable call) {
    return failure(call).type().map(ScimException.Type::keyword).orElse("none");
  }

  private static ResourceType builtIn(String name) {
    Optional<ResourceType> type = new BuiltInResourceTypes().byName(TenantId.DEFAULT, name);
    return type.orElseThrow();
  }
}
