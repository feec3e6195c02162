package org.muster.event;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.muster.kernel.Origin;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;

/**
 * What is told of something that happened, wherever it is stored.
 *
 * @param id names the event for whoever has to know whether it came twice
 * @param schema the form of the content, from 1 on; there is one so far
 * @param version the document's after it; empty if it has none
 * @param time in milliseconds
 * @param content what was changed; empty only when read, if it was made unreadable
 */
public record Recorded(
    UUID id,
    EventType type,
    int schema,
    Optional<Version> version,
    Instant time,
    Origin origin,
    Optional<JsonDocument> content) {
  /** The form of contents that is written. */
  public static final int FORM = 1;

  public Recorded {
    if (schema < 1) {
      throw new IllegalArgumentException("The form of a content is numbered from 1 on");
    }
  }

  /** Something that happens now, in the form 1. */
  public static Recorded of(
      EventType type, Version version, Instant time, Origin origin, JsonDocument content) {
    return new Recorded(
        UuidCreator.getTimeOrderedEpoch(),
        type,
        FORM,
        Optional.of(version),
        time,
        origin,
        Optional.of(content));
  }
}
