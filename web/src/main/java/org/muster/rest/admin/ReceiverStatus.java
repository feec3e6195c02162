package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.muster.delivery.Outcome;
import org.muster.delivery.admin.ReceiverJson;
import org.muster.delivery.admin.ReceiverRequests;
import org.muster.receiver.Note;
import org.muster.receiver.Progress;
import org.muster.storage.JsonDocument;

/** How far receivers are, as JSON. */
final class ReceiverStatus {
  private ReceiverStatus() {}

  static ObjectNode json(ReceiverRequests.View view) {
    Progress progress = view.progress();
    ObjectNode json = ReceiverJson.write(progress.receiver());
    ObjectNode status = json.putObject("status");
    status
        .put("position", progress.position().toString())
        .put("lagSeconds", view.lag().map(Duration::toSeconds).orElse(0L))
        .put("delivered", progress.delivered())
        .put("failed", progress.failed())
        .put("held", view.counts().held())
        .put("dead", view.counts().dead());
    progress
        .failure()
        .ifPresent(
            failure ->
                status
                    .putObject("lastError")
                    .put("detail", failure.why())
                    .put("time", failure.time().toString()));
    next(view).ifPresent(next -> status.put("nextAttempt", next.toString()));
    return json;
  }

  private static Optional<Instant> next(ReceiverRequests.View view) {
    return view.progress().next().or(() -> view.counts().next());
  }

  static ObjectNode json(Note letter) {
    return JsonDocument.MAPPER
        .createObjectNode()
        .put("id", Long.toString(letter.no()))
        .put("collection", letter.stream().collection())
        .put("resourceId", letter.stream().id())
        .put("number", letter.number())
        .put("position", letter.position().toString())
        .put("attempts", letter.attempts())
        .put("since", letter.since().toString())
        .put("error", letter.error());
  }

  /** Why an event was not delivered; empty if it was. */
  static Optional<String> why(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return Optional.of(rejected.why());
    }
    if (outcome instanceof Outcome.Failed failed) {
      return Optional.of(failed.why());
    }
    return outcome instanceof Outcome.Gone gone ? Optional.of(gone.why()) : Optional.empty();
  }
}
