package org.muster.scim.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.muster.scim.ScimException;
import org.muster.scim.edit.PatchRequest;
import org.muster.scim.edit.PatchRequest.Operation;
import org.muster.scim.filter.PatchPath;
import org.muster.scim.filter.PatchPathParser;
import org.muster.scim.policy.Leniency;
import org.muster.scim.policy.Policy;
import org.muster.scim.resource.Write;
import org.muster.scim.schema.ResourceType;

/** The operations of a PATCH as they were understood. Their values are not told. */
final class PatchJson {
  private PatchJson() {}

  /** The operations; empty if the request is none, which the outcome tells. */
  static Optional<ArrayNode> of(Write.Patch patch, Policy policy, Heard heard) {
    Leniency leniency = Leniency.of(policy.profile());
    List<Operation> operations;
    try {
      operations =
          PatchRequest.parse(patch.body(), policy.limits().patchOperations(), leniency)
              .operations();
    } catch (ScimException e) {
      return Optional.empty();
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      ObjectNode each = json.addObject();
      operation(each, operation, i, heard);
      operation
          .path()
          .flatMap(path -> parsed(patch.type(), path, policy))
          .ifPresent(path -> each.put("parsed", path));
    }
    return Optional.of(json);
  }

  private static Optional<String> parsed(ResourceType type, String path, Policy policy) {
    try {
      PatchPath parsed =
          PatchPathParser.parse(type, path, Leniency.of(policy.profile()), policy.limits());
      if (parsed instanceof PatchPath.OfExtension of) {
        return Optional.of(of.extension().schema().id());
      }
      return Optional.of(parsed)
          .filter(PatchPath.OfAttribute.class::isInstance)
          .map(PatchPath::toString);
    } catch (ScimException e) {
      return Optional.empty(); // the outcome tells it, if the engine comes so far
    }
  }

  private static void operation(ObjectNode json, Operation operation, int index, Heard heard) {
    json.put("op", operation.op().name().toLowerCase(Locale.ROOT));
    operation.path().ifPresent(path -> json.put("path", path));
    json.put("reached", heard.reached(index));
    ArrayNode targets = json.putArray("targets");
    for (Heard.Target target : heard.targets(index)) {
      ObjectNode each = targets.addObject().put("path", target.path());
      if (target.values() >= 0) {
        each.put("found", target.values() > 0).put("values", target.values());
      }
    }
  }
}
