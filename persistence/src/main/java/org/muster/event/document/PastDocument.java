package org.muster.event.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.muster.event.Event;
import org.muster.event.EventStore;
import org.muster.event.StreamRead;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * What a document was with one of its events: the last event before that has the whole, and the
 * differences since. For one call, which reads a bounded number of events.
 */
public final class PastDocument {
  private static final int PAGE = 50;
  private static final int MOST = 5_000;

  private final Deque<JsonNode> changes = new ArrayDeque<>();
  private Optional<JsonDocument> whole = Optional.empty();
  private boolean ended;

  private PastDocument() {}

  /**
   * The document, live or deleted, as it was with an event.
   *
   * @param number that of the event
   * @return empty if there was none, or if that can't be told: it was erased, there are no events
   *     of when it was made, or there are too many since
   */
  public static Optional<JsonDocument> at(EventStore events, StorageKey stream, long number) {
    PastDocument past = new PastDocument();
    long from = number;
    for (int read = 0; read < MOST && from >= 1 && !past.ended; read += PAGE) {
      List<Event> page = events.read(StreamRead.backward(stream, from, PAGE));
      for (Event event : page) {
        past.add(event);
        if (past.ended) {
          break;
        }
      }
      from = page.size() < PAGE ? 0 : page.get(page.size() - 1).number() - 1;
    }
    return past.result();
  }

  private void add(Event event) {
    switch (event.type()) {
      case CREATED, REPLACED, PATCHED -> {
        Optional<ObjectNode> content = event.recorded().content().map(JsonDocument::tree);
        whole =
            content
                .filter(node -> node.get("document") instanceof ObjectNode)
                .map(node -> JsonDocument.of((ObjectNode) node.get("document")));
        ended = content.isEmpty() || whole.isPresent();
        content.filter(node -> !ended).ifPresent(node -> changes.push(node.path("changes")));
      }
      case PURGED -> ended = true;
      default -> {} // the document stays what it was
    }
  }

  private Optional<JsonDocument> result() {
    return whole.map(
        base -> {
          JsonDocument document = base;
          for (JsonNode change : changes) {
            document = Difference.apply(document, change);
          }
          return document;
        });
  }
}
