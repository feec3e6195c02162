package org.muster.scim.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Representation;
import org.muster.storage.JsonDocument;

/** A request that is done asynchronously (RFC 9967 section 2.5.1). Thread-safe. */
public final class BulkJob {
  private static final String PROGRESS = "urn:muster:params:scim:api:messages:1.0:BulkProgress";

  private final TenantId tenant;
  private final String transaction;
  private final BulkResults results;
  private final boolean isBulk;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile State state = State.RUNNING;

  private enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A job that has not begun.
   *
   * @param isBulk whether the client has sent a bulk request; else the results have one operation
   */
  BulkJob(TenantId tenant, String transaction, BulkResults results, boolean isBulk) {
    this.isBulk = isBulk;
    this.tenant = tenant;
    this.transaction = transaction;
    this.results = results;
  }

  TenantId tenant() {
    return tenant;
  }

  BulkResults results() {
    return results;
  }

  boolean isBulk() {
    return isBulk;
  }

  /** What the Set-Txn header says. */
  public String transaction() {
    return transaction;
  }

  /** Whether the response is there. */
  public boolean isDone() {
    return state == State.DONE;
  }

  void end(boolean done) {
    state = done ? State.DONE : State.FAILED;
    ended.countDown();
  }

  /** Waits until the request is done or has broken off; whether it has come to that. */
  public boolean await(Duration most) {
    try {
      return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The BulkResponse, or how far it is.
   *
   * @throws ScimException 500 if the request broke off
   */
  public Representation.Body body() {
    return switch (state) {
      case RUNNING -> this::writeProgress;
      case DONE -> results;
      case FAILED ->
          throw new ScimException(
              500, "The bulk request broke off after " + results.done() + " operations");
    };
  }

  private void writeProgress(OutputStream out) throws IOException {
    try (JsonGenerator json =
        JsonDocument.MAPPER
            .getFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.writeStartObject();
      json.writeArrayFieldStart("schemas");
      json.writeString(PROGRESS);
      json.writeEndArray();
      json.writeStringField("status", "running");
      json.writeNumberField("operations", results.size());
      json.writeNumberField("done", results.done());
      json.writeNumberField("errors", results.errors());
      json.writeEndObject();
    }
  }
}
