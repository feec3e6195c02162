package org.muster.signal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.receiver.ReceiverSettings;
import org.muster.scim.ScimException;
import org.muster.signal.EventUri;

/**
 * What a stream of security event tokens understands besides the settings of all receivers.
 *
 * @param eventUris which events are told of; none for all
 * @param audience what the claim {@code aud} says, if not the stream itself
 */
record StreamOptions(Set<EventUri> eventUris, Optional<String> audience) {
  private static final String EVENT_URIS = "eventUris";
  private static final String AUDIENCE = "audience";
  private static final int AUDIENCE_MOST = 500;

  StreamOptions {
    eventUris = Set.copyOf(eventUris);
  }

  /**
   * The options of settings.
   *
   * @throws ScimException 400 that says what to change
   */
  static StreamOptions of(ReceiverSettings settings) {
    ObjectNode options = settings.options().tree();
    for (Map.Entry<String, JsonNode> member : options.properties()) {
      if (!member.getKey().equals(EVENT_URIS) && !member.getKey().equals(AUDIENCE)) {
        throw invalid("The options of this kind are eventUris and audience");
      }
    }
    Set<EventUri> uris = uris(options.path(EVENT_URIS));
    for (EventUri uri : uris) {
      if (!uri.isToldWith(settings.content())) {
        throw invalid(
            "With the content " + settings.content().word() + " there is no " + uri.uri());
      }
    }
    return new StreamOptions(uris, audience(options.path(AUDIENCE)));
  }

  private static Set<EventUri> uris(JsonNode list) {
    Set<EventUri> uris = EnumSet.noneOf(EventUri.class);
    if (!list.isMissingNode() && (!list.isArray() || list.isEmpty())) {
      throw invalid("eventUris must be a list of URIs, and not empty");
    }
    for (JsonNode uri : list) {
      uris.add(
          Optional.ofNullable(uri.textValue())
              .flatMap(EventUri::of)
              .orElseThrow(
                  () ->
                      invalid(
                          "eventUris must be those that ServiceProviderConfig lists under"
                              + " securityEvents")));
    }
    return uris;
  }

  private static Optional<String> audience(JsonNode audience) {
    if (audience.isMissingNode()) {
      return Optional.empty();
    }
    String text = audience.textValue();
    if (text == null || text.isBlank() || text.length() > AUDIENCE_MOST) {
      throw invalid("audience must be a text of 1 to " + AUDIENCE_MOST + " characters");
    }
    return Optional.of(text);
  }

  private static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
