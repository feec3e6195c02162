package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.muster.scim.resource.RequestContext;

/** Tells what came of operations of asynchronous requests. Thread-safe. */
final class AsyncTelling {
  private static final Logger LOG = System.getLogger(AsyncTelling.class.getName());
  private static final int URI_MOST = 500;

  private final AsyncListener listener;

  AsyncTelling(AsyncListener listener) {
    this.listener = listener;
  }

  /** Tells of some operations; that this fails does not undo them. */
  void tell(RequestContext context, BulkRequest request, BulkJob job, List<Integer> operations) {
    try {
      List<AsyncResult> results =
          operations.stream()
              .flatMap(operation -> result(context, request, job, operation).stream())
              .toList();
      if (!results.isEmpty()) {
        listener.done(context.tenant(), context.origin(), job.transaction(), results);
      }
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "Nobody is told of operations of the asynchronous request " + job.transaction(),
          e);
    }
  }

  private static Optional<AsyncResult> result(
      RequestContext context, BulkRequest request, BulkJob job, int operation) {
    return job.results()
        .result(operation)
        .map(
            result ->
                new AsyncResult(
                    job.isBulk() ? job.transaction() + ":" + operation : job.transaction(),
                    Optional.ofNullable(result.path("location").textValue())
                        .filter(location -> location.startsWith(context.baseUrl()))
                        .map(location -> location.substring(context.baseUrl().length()))
                        .or(() -> path(request, operation))
                        .orElse("/"),
                    job.isBulk() ? result : unnamed(result)));
  }

  /** Without the bulkId, which the client of a single operation does not know. */
  private static ObjectNode unnamed(ObjectNode result) {
    ObjectNode copy = result.deepCopy();
    copy.remove("bulkId");
    return copy;
  }

  /** What a request that failed was on, as it has said it. */
  private static Optional<String> path(BulkRequest request, int operation) {
    return Operation.of(operation, request.operation(operation))
        .text("path")
        .filter(path -> path.startsWith("/") && path.length() <= URI_MOST);
  }
}
