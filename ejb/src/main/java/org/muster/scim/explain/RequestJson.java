package org.muster.scim.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Condition;
import org.muster.scim.resource.ListRequest;
import org.muster.scim.resource.Write;
import org.muster.storage.Query;

/** How a request was understood. */
final class RequestJson {
  private RequestJson() {}

  /**
   * The request, its parameters with their defaults and bounds.
   *
   * @param query the search that it leads to, if it does
   */
  static ObjectNode of(Question question, Optional<Query> query) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (question instanceof Question.Search search) {
      json.put("operation", "list").put("resourceType", search.type().name());
      list(json.putObject("parameters"), search.request(), query);
      return json;
    }
    if (question instanceof Question.Read read) {
      json.put("operation", "get").put("resourceType", read.type().name()).put("id", read.id());
      selection(json.putObject("parameters"), read.selection());
      return json;
    }
    Question.Change change = (Question.Change) question;
    write(json, change.write());
    selection(json.putObject("parameters"), change.selection());
    return json;
  }

  private static void write(ObjectNode json, Write write) {
    if (write instanceof Write.Create) {
      json.put("operation", "create").put("resourceType", write.type().name());
      return;
    }
    String operation =
        write instanceof Write.Replace
            ? "replace"
            : write instanceof Write.Patch ? "patch" : "delete";
    json.put("operation", operation).put("resourceType", write.type().name());
    json.put("id", write.id());
    condition(json, ifMatch(write));
  }

  private static Condition ifMatch(Write write) {
    if (write instanceof Write.Replace replace) {
      return replace.ifMatch();
    }
    return write instanceof Write.Patch patch ? patch.ifMatch() : ((Write.Delete) write).ifMatch();
  }

  private static void condition(ObjectNode json, Condition ifMatch) {
    if (ifMatch instanceof Condition.Star) {
      json.putArray("ifMatch").add("*");
    } else if (ifMatch instanceof Condition.Tags tags) {
      texts(json, "ifMatch", tags.opaque());
    }
  }

  private static void list(ObjectNode json, ListRequest request, Optional<Query> query) {
    request.filter().ifPresent(text -> json.put("filter", text));
    request.sortBy().ifPresent(name -> json.put("sortBy", name));
    json.put("sortOrder", request.descending() ? "descending" : "ascending");
    boolean byCursor = request.cursor().isPresent();
    json.put("paging", byCursor ? "cursor" : "index");
    query.ifPresent(
        search -> {
          json.put("count", search.page().limit());
          if (search.page() instanceof Query.Page.Offset offset) {
            json.put("startIndex", offset.offset() + 1);
          }
        });
    selection(json, request.selection());
  }

  private static void selection(ObjectNode json, Selection selection) {
    if (!selection.attributes().isEmpty()) {
      texts(json, "attributes", selection.attributes());
    }
    if (!selection.excluded().isEmpty()) {
      texts(json, "excludedAttributes", selection.excluded());
    }
  }

  private static void texts(ObjectNode json, String name, List<String> texts) {
    var array = json.putArray(name);
    texts.forEach(array::add);
  }
}
