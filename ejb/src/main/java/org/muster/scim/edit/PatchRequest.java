package org.muster.scim.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Switch;

/**
 * The body of a PATCH (RFC 7644 section 3.5.2), checked as far as no schema is needed. The names of
 * members and the words of {@code op} are accepted in any case.
 *
 * @param operations at least one, to be applied in this order
 */
public record PatchRequest(List<Operation> operations) {
  /** The URN that the body must name. */
  public static final String URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  /** How many operations a request may have unless configured otherwise. */
  public static final int MAX_OPERATIONS = 1_000;

  private static final Set<String> REQUEST = Set.of("schemas", "operations");
  private static final Set<String> OPERATION = Set.of("op", "path", "value");

  public PatchRequest {
    operations = List.copyOf(operations);
  }

  /** What an operation does. */
  public enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  /**
   * One operation.
   *
   * @param path as the client wrote it; empty if the operation is on the resource itself
   * @param value present, and maybe a JSON null, where the client gave one
   */
  public record Operation(Op op, Optional<String> path, Optional<JsonNode> value) {
    /** The value, or a missing node. */
    JsonNode given() {
      return value.orElse(MissingNode.getInstance());
    }
  }

  /**
   * The request that a body is, with at most {@link #MAX_OPERATIONS} operations.
   *
   * @throws ScimException 400 invalidSyntax, invalidPath, invalidValue or noTarget, 413
   */
  public static PatchRequest parse(ObjectNode body) {
    return parse(body, MAX_OPERATIONS);
  }

  /**
   * The request that a body is.
   *
   * @throws ScimException 400 invalidSyntax, invalidPath, invalidValue or noTarget, 413
   */
  public static PatchRequest parse(ObjectNode body, int maxOperations) {
    return parse(body, maxOperations, Leniency.NONE);
  }

  /**
   * The request that a body is, which may deviate from the RFC.
   *
   * @throws ScimException 400 invalidSyntax, invalidPath, invalidValue or noTarget, 413
   */
  public static PatchRequest parse(ObjectNode body, int maxOperations, Leniency leniency) {
    Map<String, JsonNode> members = members(body, REQUEST);
    checkSchemas(members.getOrDefault("schemas", MissingNode.getInstance()), leniency);
    JsonNode operations = members.getOrDefault("operations", MissingNode.getInstance());
    if (!operations.isArray() || operations.isEmpty()) {
      throw syntax("Operations must be an array of at least one operation");
    }
    if (operations.size() > maxOperations) {
      throw new ScimException(
          413, "A PATCH may have at most " + maxOperations + " operations; send several");
    }
    List<Operation> parsed = new ArrayList<>(operations.size());
    for (JsonNode operation : operations) {
      parsed.add(operation(operation, "Operations[" + parsed.size() + "]"));
    }
    return new PatchRequest(parsed);
  }

  private static void checkSchemas(JsonNode schemas, Leniency leniency) {
    for (JsonNode urn : schemas) {
      if (schemas.isArray() && urn.isTextual() && urn.textValue().equalsIgnoreCase(URN)) {
        return;
      }
    }
    boolean open = schemas.isMissingNode() || (schemas.isArray() && schemas.isEmpty());
    if (!open || !leniency.coerces(Switch.SCHEMAS_OPTIONAL, "schemas", URN + " was added")) {
      throw syntax("schemas must be an array that contains " + URN);
    }
  }

  private static Operation operation(JsonNode json, String place) {
    if (!(json instanceof ObjectNode object)) {
      throw syntax(place + " must be an object");
    }
    Map<String, JsonNode> members = members(object, OPERATION);
    Op op = op(members.get("op"), place);
    Optional<String> path = path(members.get("path"), place);
    Optional<JsonNode> value = Optional.ofNullable(members.get("value"));
    if (op == Op.REMOVE && path.isEmpty()) {
      throw ScimException.badRequest(
          ScimException.Type.NO_TARGET, place + ": remove needs a path that says what");
    }
    if (op != Op.REMOVE && value.isEmpty()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE, place + ": add and replace need a value");
    }
    return new Operation(op, path, value);
  }

  private static Op op(@Nullable JsonNode json, String place) {
    if (json != null && json.isTextual()) {
      for (Op op : Op.values()) {
        if (op.name().equalsIgnoreCase(json.textValue())) {
          return op;
        }
      }
    }
    throw syntax(place + ": op must be add, remove or replace");
  }

  private static Optional<String> path(@Nullable JsonNode json, String place) {
    if (json == null || json.isNull()) {
      return Optional.empty();
    }
    if (!json.isTextual()) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_PATH, place + ": path must be a string");
    }
    return Optional.of(json.textValue());
  }

  /** The members of these names, in lower case; others are ignored. */
  private static Map<String, JsonNode> members(ObjectNode object, Set<String> names) {
    Map<String, JsonNode> members = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey().toLowerCase(Locale.ROOT);
      if (names.contains(name) && members.put(name, member.getValue()) != null) {
        throw syntax(name + " is there more than once; names are the same in any case");
      }
    }
    return members;
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_SYNTAX, detail);
  }
}
