package org.muster.rest.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.muster.storage.BehindFigures;
import org.muster.storage.DeadWrite;
import org.muster.storage.JsonDocument;

/** Writes that are acknowledged early, as JSON. */
final class WriteBehindJson {
  private WriteBehindJson() {}

  static ObjectNode state(boolean isOn, BehindFigures figures) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode().put("on", isOn);
    json.putObject("pending")
        .put("writes", figures.entries())
        .put("bytes", figures.bytes())
        .put("oldestMillis", figures.oldest().toMillis());
    json.putObject("log")
        .put("bytes", figures.logBytes())
        .put("corrupt", figures.corrupt())
        .put("syncs", figures.syncs())
        .put("syncMillis", figures.syncTime().toMillis());
    return json.put("written", figures.written())
        .put("coalesced", figures.coalesced())
        .put("refused", figures.refused())
        .put("dead", figures.dead())
        .put("dropped", figures.dropped())
        .put("deadLetters", figures.letters());
  }

  static ObjectNode letter(DeadWrite letter) {
    ObjectNode json =
        JsonDocument.MAPPER
            .createObjectNode()
            .put("id", Long.toString(letter.id()))
            .put("tenant", letter.key().tenant().value())
            .put("collection", letter.key().collection())
            .put("resourceId", letter.key().id())
            .put("writes", letter.writes())
            .put("version", letter.version().toString())
            .put("acknowledged", letter.acknowledged().toString())
            .put("since", letter.since().toString())
            .put("error", letter.why())
            .put("actor", letter.origin().actor());
    letter.base().ifPresent(base -> json.put("base", base.toString()));
    letter.origin().requestId().ifPresent(id -> json.put("requestId", id));
    return json;
  }
}
