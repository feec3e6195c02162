package org.muster.rest.storage;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.feed.Feed;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;

/**
 * What a request for events asks, checked as far as that goes without looking.
 *
 * @param start where to begin
 * @param tenant the tenant that is named, if one is
 * @param collections none for all
 * @param types none for all that are visible
 * @param limit most events of a page
 */
record FeedRequest(
    Start start,
    Optional<String> tenant,
    Set<String> collections,
    Set<EventType> types,
    int limit) {
  private static final int PAGE_USUAL = 100;

  /** Where to begin. */
  sealed interface Start {
    /** Behind a position. */
    record At(Position position) implements Start {}

    /** With what is yet to come. */
    record End() implements Start {}

    /** Where a consumer is. */
    record Of(String consumer) implements Start {}
  }

  /**
   * The request of some parameters.
   *
   * @param lastEventId the header in which a client that comes back says what it saw last; null if
   *     it is absent
   */
  static FeedRequest of(QueryParameters parameters, @Nullable String lastEventId) {
    int limit = parameters.number("limit").orElse(PAGE_USUAL);
    if (limit < 1 || limit > Feed.PAGE_MOST) {
      throw invalid("limit must be 1 to " + Feed.PAGE_MOST);
    }
    Set<EventType> types = new HashSet<>();
    for (String word : parameters.list("type")) {
      types.add(
          EventType.of(word)
              .orElseThrow(() -> invalid("type must be one of those that events have")));
    }
    return new FeedRequest(
        start(parameters, lastEventId),
        parameters.text("tenant"),
        Set.copyOf(parameters.list("collection")),
        types,
        limit);
  }

  private static Start start(QueryParameters parameters, @Nullable String lastEventId) {
    Optional<String> after = parameters.text("after");
    Optional<String> consumer = parameters.text("consumer");
    if (after.isPresent() && consumer.isPresent()) {
      throw invalid("Give after or consumer, not both");
    }
    Start asked =
        consumer
            .<Start>map(Start.Of::new)
            .orElseGet(() -> after.map(FeedRequest::at).orElse(new Start.At(Position.START)));
    return lastEventId == null || lastEventId.isBlank()
        ? asked
        : new Start.At(position("Last-Event-ID", lastEventId.strip()));
  }

  private static Start at(String after) {
    return after.toLowerCase(Locale.ROOT).equals("end")
        ? new Start.End()
        : new Start.At(position("after", after));
  }

  private static Position position(String name, String text) {
    return Position.parse(text)
        .orElseThrow(() -> invalid(name + " must be a position that an answer had, or end"));
  }

  static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
