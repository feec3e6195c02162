package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.muster.scim.ScimException;
import org.muster.scim.resource.RequestContext;
import org.muster.scim.resource.Resources;
import org.muster.scim.schema.ResourceTypes;
import org.muster.security.Scope;
import org.muster.storage.JsonDocument;

/**
 * Bulk requests (RFC 7644 section 3.7), in memory that does not grow with them but for a small
 * index of their operations. Holds no transaction. Thread-safe.
 */
public final class Bulk {
  private static final Logger LOG = System.getLogger(Bulk.class.getName());

  private final Resources resources;
  private final ResourceTypes types;
  private final BulkLimits.Jobs bounds;
  private final Spools spools;
  private final Executor executor;
  private final AsyncTelling telling;
  private final BulkJobs jobs;

  /**
   * Bulk requests on these resources.
   *
   * @param executor does the asynchronous ones
   * @param listener hears what came of these
   */
  public Bulk(
      Resources resources,
      ResourceTypes types,
      BulkLimits.Jobs bounds,
      Spools spools,
      Executor executor,
      AsyncListener listener) {
    this.resources = resources;
    this.types = types;
    this.bounds = bounds;
    this.spools = spools;
    this.executor = executor;
    this.telling = new AsyncTelling(listener);
    this.jobs = new BulkJobs(bounds.maxJobs(), Duration.ofSeconds(bounds.keepSeconds()));
  }

  /**
   * Does the operations of a body.
   *
   * @param length what Content-Length says; negative if unknown
   * @return the answer, to be closed
   * @throws ScimException 400 or 413 if the request as a whole is wrong; nothing was done
   */
  public BulkResults run(BulkCall call, InputStream body, long length) {
    try (BulkRequest request = read(call, body, length)) {
      BulkResults results = new BulkResults(spools.spool(), request.size());
      try {
        run(call, request, results, () -> false, operations -> {});
        return results;
      } catch (RuntimeException e) {
        results.close();
        throw e;
      }
    }
  }

  /**
   * Reads a body, and does its operations later (RFC 9967 section 2.5.1).
   *
   * @return the transaction, for {@link #find}
   * @throws ScimException as {@link #run}; 503 if there are too many of them
   */
  public String submit(BulkCall call, InputStream body, long length) {
    jobs.enter(call.context().tenant(), true);
    try {
      return start(call, read(call, body, length), true);
    } catch (RuntimeException e) {
      jobs.leave(call.context().tenant());
      throw e;
    }
  }

  /**
   * Does a single operation later (RFC 9967 section 2.5.1.1).
   *
   * @param operation as in a bulk request (RFC 7644 section 3.7)
   * @return the transaction, for {@link #find}
   * @throws ScimException as {@link #submit}
   */
  public String submit(BulkCall call, ObjectNode operation) {
    ObjectNode request = JsonDocument.MAPPER.createObjectNode();
    request.putArray("schemas").add(BulkReader.BULK_REQUEST);
    request.putArray("Operations").add(operation);
    byte[] body = JsonDocument.of(request).text().getBytes(StandardCharsets.UTF_8);
    jobs.enter(call.context().tenant(), false);
    try {
      return start(call, read(call, new ByteArrayInputStream(body), body.length), false);
    } catch (RuntimeException e) {
      jobs.leave(call.context().tenant());
      throw e;
    }
  }

  private String start(BulkCall call, BulkRequest request, boolean isBulk) {
    BulkJob job =
        new BulkJob(
            call.context().tenant(),
            UUID.randomUUID().toString().replace("-", ""),
            new BulkResults(spools.spool(), request.size()),
            isBulk);
    jobs.started(job);
    try {
      executor.execute(() -> work(call, request, job));
    } catch (RejectedExecutionException e) {
      request.close();
      jobs.ended(job, false);
      throw new ScimException(503, "The server takes no more asynchronous requests now");
    }
    return job.transaction();
  }

  private void work(BulkCall call, BulkRequest request, BulkJob job) {
    boolean done = false;
    try (request) {
      run(
          call,
          request,
          job.results(),
          jobs::isStopping,
          operations -> telling.tell(call.context(), request, job, operations));
      done = !jobs.isStopping();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The asynchronous request " + job.transaction() + " broke off", e);
    } finally {
      jobs.ended(job, done);
      jobs.leave(call.context().tenant());
    }
  }

  private void run(
      BulkCall call,
      BulkRequest request,
      BulkResults results,
      BooleanSupplier stopping,
      Consumer<List<Integer>> told) {
    OperationWrites writes = new OperationWrites(call, types);
    new BulkRun(resources, call, writes, request, results, stopping, told).run();
  }

  private BulkRequest read(BulkCall call, InputStream body, long length) {
    BulkLimits limits = BulkLimits.of(call.context().policy().limits());
    if (length > limits.maxPayloadBytes()) {
      throw LimitedStream.tooLarge(limits.maxPayloadBytes());
    }
    BulkRequest request = new BulkRequest(spools.spool());
    LimitedStream limited = new LimitedStream(body, limits.maxPayloadBytes());
    try {
      new BulkReader(limits, request).read(limited);
      return request;
    } catch (RuntimeException e) {
      request.close();
      limited.drain();
      throw e;
    }
  }

  /**
   * An asynchronous request of the caller's tenant; 404 if there is none of that name, 403 if the
   * caller may not write. That is asked here, since a path may be spelled in many ways.
   */
  public BulkJob find(RequestContext context, String transaction) {
    if (!context.caller().may(Scope.SCIM_WRITE)) {
      throw new ScimException(403, "This takes a token with the scope " + Scope.SCIM_WRITE.word());
    }
    return jobs.find(context.tenant(), transaction)
        .orElseThrow(
            () ->
                ScimException.notFound(
                    "There is no such transaction. Answers are kept for "
                        + bounds.keepSeconds()
                        + " seconds, and not over a restart of the server"));
  }

  /** Lets asynchronous requests end after the operations that they are at. */
  public void stop() {
    jobs.stop();
  }
}
