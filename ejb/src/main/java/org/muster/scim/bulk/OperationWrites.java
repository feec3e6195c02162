package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.Write;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;

/** Makes writes of operations (RFC 7644 section 3.7). */
final class OperationWrites {
  private final BulkCall call;
  private final ResourceTypes types;

  OperationWrites(BulkCall call, ResourceTypes types) {
    this.call = call;
    this.types = types;
  }

  /**
   * The write that an operation asks for.
   *
   * @param newId the id of the resource if the operation creates one
   * @param ids from bulkIds to the ids of the resources
   * @throws ScimException what is wrong with the operation
   */
  Write write(Operation operation, Supplier<String> newId, UnaryOperator<String> ids) {
    String method = operation.method();
    boolean create = method.equals(Operation.POST);
    if (!create
        && !method.equals(Operation.PUT)
        && !method.equals(Operation.PATCH)
        && !method.equals(Operation.DELETE)) {
      throw syntax("method must be POST, PUT, PATCH or DELETE");
    }
    OperationPath path =
        OperationPath.parse(
            operation.text("path").orElseThrow(() -> syntax("path must be a string")));
    ResourceType type = type(path);
    if (create) {
      requireCreate(operation, path);
      return new Write.Create(type, newId.get(), data(operation, ids));
    }
    String id =
        path.bulkId()
            .map(ids)
            .or(path::id)
            .orElseThrow(() -> invalid("path must name a resource, such as /Users/2819c223"));
    Condition ifMatch = ifMatch(operation);
    return switch (method) {
      case Operation.PUT -> new Write.Replace(type, id, ifMatch, data(operation, ids));
      case Operation.PATCH -> new Write.Patch(type, id, ifMatch, data(operation, ids));
      default -> new Write.Delete(type, id, ifMatch);
    };
  }

  /**
   * The URL that an operation is on, which its result says but for a POST that failed (RFC 7644
   * section 3.7.3); empty if the path is none, or refers to what was not created.
   */
  Optional<String> location(Operation operation, UnaryOperator<String> ids) {
    if (operation.method().equals(Operation.POST)) {
      return Optional.empty();
    }
    try {
      OperationPath path = OperationPath.parse(operation.text("path").orElse(""));
      return Optional.of(call.context().baseUrl() + path.resolved(ids));
    } catch (ScimException e) {
      return Optional.empty();
    }
  }

  private ResourceType type(OperationPath path) {
    return types
        .byEndpoint(call.context().tenant(), path.endpoint())
        .orElseThrow(
            () ->
                ScimException.notFound(
                    "There is no resource type at /" + path.endpoint() + "; see /ResourceTypes"));
  }

  private static void requireCreate(Operation operation, OperationPath path) {
    if (operation.bulkId().isEmpty()) {
      throw syntax("POST needs a bulkId, a string that is not empty");
    }
    if (path.id().isPresent()) {
      throw invalid("POST goes to the endpoint of a resource type, such as /Users");
    }
  }

  private static ObjectNode data(Operation operation, UnaryOperator<String> ids) {
    if (!(operation.json().path("data") instanceof ObjectNode data)) {
      throw syntax(operation.method() + " needs data, an object");
    }
    References.resolve(data, ids);
    return data;
  }

  private Condition ifMatch(Operation operation) {
    JsonNode version = operation.json().path("version");
    if (version.isMissingNode() || version.isNull()) {
      return new Condition.None();
    }
    if (!version.isTextual()) {
      throw invalid("version must be the entity tag of the resource, as a string");
    }
    return call.versions().apply(version.textValue());
  }

  private static ScimException syntax(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_SYNTAX, detail);
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
