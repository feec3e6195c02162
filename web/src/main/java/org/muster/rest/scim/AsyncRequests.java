package org.muster.rest.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.muster.rest.request.EntityTags;
import org.muster.rest.request.Preferences;
import org.muster.scim.bulk.Bulk;
import org.muster.scim.bulk.BulkCall;
import org.muster.scim.resource.RequestContext;
import org.muster.storage.JsonDocument;

/** Requests on one resource whose client does not wait (RFC 9967 section 2.5.1.1). Thread-safe. */
@ApplicationScoped
public class AsyncRequests {
  /** Names the transaction (RFC 9967 section 3). */
  static final String TRANSACTION = "Set-Txn";

  /** Where what came of a request can be fetched. */
  static final String STATUS = ".async";

  @Inject private Bulk bulk;

  /** Whether a client does not want to wait; who waits for a second gets the usual answer. */
  static boolean isWanted(HttpServletRequest request) {
    Preferences preferences = Preferences.parse(HeaderValues.joined(request, Preferences.HEADER));
    return preferences.respondAsync() && preferences.patience().map(Duration::isZero).orElse(true);
  }

  /**
   * Takes a request.
   *
   * @param path of the resource or, to create one, of its type
   * @param body empty for a DELETE
   */
  Answer submit(
      RequestContext context,
      HttpServletRequest request,
      Method method,
      String path,
      Optional<ObjectNode> body) {
    ObjectNode operation = JsonDocument.MAPPER.createObjectNode();
    operation.put("method", method.name()).put("path", path);
    if (method == Method.POST) {
      operation.put("bulkId", "1");
    } else {
      String ifMatch = HeaderValues.joined(request, "If-Match");
      if (ifMatch != null) {
        EntityTags.parse("If-Match", ifMatch); // what is no condition is refused at once
        operation.put("version", ifMatch);
      }
    }
    body.ifPresent(data -> operation.set("data", data));
    String transaction =
        bulk.submit(
            new BulkCall(context, version -> EntityTags.parse("If-Match", version)), operation);
    String location = method == Method.POST ? "/" + STATUS + "/" + transaction : path;
    return Answer.of(202)
        .with(TRANSACTION, transaction)
        .with(Preferences.APPLIED, Preferences.RESPOND_ASYNC)
        .with("Location", context.baseUrl() + location);
  }
}
