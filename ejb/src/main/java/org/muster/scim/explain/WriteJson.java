package org.muster.scim.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.muster.scim.policy.Policy;
import org.muster.scim.resource.Write;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageKey;

/** What a write would store. */
record WriteJson(Question.Change question, Policy policy, Attempt attempt) {
  /** The most ids of other resources that are listed. */
  private static final int TARGETS_MOST = 100;

  void addTo(ObjectNode json) {
    if (question.write() instanceof Write.Patch patch) {
      PatchJson.of(patch, policy, attempt.heard())
          .ifPresent(operations -> json.set("patch", operations));
    }
    if (question.write() instanceof Write.Delete) {
      return;
    }
    ArrayNode ignored = json.putArray("ignored");
    for (Heard.Ignored each : attempt.heard().ignored()) {
      ignored.addObject().put("place", each.place()).put("why", each.why());
    }
    if (attempt.refusal().isEmpty() && attempt.preview().batch().isPresent()) {
      stored(json, attempt.preview().batch().get());
    }
  }

  private void stored(ObjectNode json, Batch batch) {
    String collection = question.type().name();
    for (Change change : batch.changes()) {
      boolean ofResource = change.key().collection().equals(collection);
      if (change instanceof Change.Put put && ofResource) {
        json.set("body", Visible.of(question.type(), put.document().tree()));
      } else if (change instanceof Change.Put put) {
        secrets(json, put.document().tree());
      }
    }
    ArrayNode links = json.arrayNode();
    batch.changes().forEach(change -> link(links, change));
    if (!links.isEmpty()) {
      json.set("links", links);
    }
  }

  /** By name alone: which secrets the request sets. */
  private static void secrets(ObjectNode json, ObjectNode document) {
    ArrayNode names = json.arrayNode();
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      if (member.getValue().asText().equals(Masked.MASK)) {
        names.add(member.getKey());
      }
    }
    if (!names.isEmpty()) {
      json.set("secretsSet", names);
    }
  }

  private static void link(ArrayNode links, Change change) {
    if (change instanceof Change.AddLinks add) {
      link(links, "add", add.relation(), add.targets());
    } else if (change instanceof Change.RemoveLinks remove) {
      link(links, "remove", remove.relation(), remove.targets());
    } else if (change instanceof Change.ReplaceLinks replace) {
      link(links, "replace", replace.relation(), replace.targets());
    }
  }

  private static void link(
      ArrayNode links, String operation, String relation, List<StorageKey> targets) {
    ObjectNode link = links.addObject();
    link.put("op", operation).put("relation", relation).put("count", targets.size());
    ArrayNode values = link.putArray("values");
    targets.stream().limit(TARGETS_MOST).map(StorageKey::id).forEach(values::add);
  }
}
