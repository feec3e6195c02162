package org.muster.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One change of one resource, as it is told (RFC 9967 section 2). Several URIs arise from the same
 * change.
 *
 * @param id names it, however often it is told
 * @param transaction what was changed in the same step, has the same
 * @param time when it happened
 * @param payloads what is told, by URI
 */
public record ScimEvent(
    UUID id,
    Subject subject,
    String transaction,
    Instant time,
    Map<EventUri, ObjectNode> payloads) {

  /**
   * The resource that it happened to (RFC 9967 section 2.1).
   *
   * @param uri behind the base URL of the service provider, for instance "/Users/2819c223"
   * @param externalId what the client calls it, if that is known
   */
  public record Subject(String uri, Optional<String> externalId) {}

  public ScimEvent {
    payloads = Collections.unmodifiableMap(new EnumMap<>(payloads));
  }

  /**
   * What is left of it for somebody.
   *
   * @param wanted what is wanted; none for all
   * @return empty if nothing is left
   */
  public Optional<ScimEvent> only(Collection<EventUri> wanted) {
    if (wanted.isEmpty()) {
      return Optional.of(this);
    }
    Map<EventUri, ObjectNode> left = new EnumMap<>(payloads);
    left.keySet().retainAll(wanted);
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new ScimEvent(id, subject, transaction, time, left));
  }
}
