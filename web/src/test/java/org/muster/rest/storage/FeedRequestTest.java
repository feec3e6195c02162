package org.muster.rest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.muster.event.Event;
import org.muster.event.EventPage;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.feed.EventJson;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** What a request for events may say, and what its answer looks like. */
class FeedRequestTest {

  @Test
  void nothingSaidIsAPageFromTheBeginning() {
    FeedRequest request = of(null, null);
    assertThat(request.start()).isEqualTo(new FeedRequest.Start.At(Position.START));
    assertThat(request.limit()).isEqualTo(100);
    assertThat(request.collections()).isEmpty();
    assertThat(request.types()).isEmpty();
    assertThat(request.tenant()).isEmpty();
  }

  @Test
  void everythingSaidIsRead() {
    FeedRequest request =
        of(
            "after=57&collection=User&collection=Group&type=created,deleted&limit=1000&tenant=acme",
            null);
    assertThat(request)
        .isEqualTo(
            new FeedRequest(
                new FeedRequest.Start.At(new Position(57)),
                Optional.of("acme"),
                Set.of("User", "Group"),
                Set.of(EventType.CREATED, EventType.DELETED),
                1000));
    assertThat(of("after=end", null).start()).isEqualTo(new FeedRequest.Start.End());
    assertThat(of("consumer=a", null).start()).isEqualTo(new FeedRequest.Start.Of("a"));
  }

  @Test
  void whatWasSeenLastGoesBeforeWhereToBegin() {
    FeedRequest.Start seen = new FeedRequest.Start.At(new Position(91));
    for (String query : List.of("after=57", "after=end", "consumer=a", "limit=5")) {
      assertThat(of(query, "91").start()).isEqualTo(seen);
    }
    assertThat(of("after=57", "").start()).isEqualTo(new FeedRequest.Start.At(new Position(57)));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String query :
        List.of(
            "after=",
            "after=-1",
            "after=5x",
            "after=57-9",
            "after=99999999999999999999",
            "after=9223372036854775808",
            "after=%D9%A5",
            "after=57&after=58",
            "after=57&consumer=a",
            "type=Created",
            "type=nonsense",
            "limit=0",
            "limit=1001",
            "limit=x",
            "limit=-5",
            "limit=99999999999")) {
      assertThatThrownBy(() -> of(query, null))
          .as(query)
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
    assertThatThrownBy(() -> of("after=11", "nonsense")).isInstanceOf(ScimException.class);
  }

  private static final EventJson JSON = new EventJson(new BuiltInResourceTypes());

  /** With a line break inside and one outside of a text, and something for stores alone. */
  private static final String CONTENT =
      "{\"relation\":\"x\\ny\",\n\"keys\":{\"k\":[\"1\"]},\"targets\":{\"User\":[\"1\"]}}";

  @Test
  void eventIsOneLineOfJsonWithAllThatIsKnown() throws IOException {
    String item = JSON.item(event(Optional.of(JsonDocument.ofText(CONTENT))));
    assertThat(item).doesNotContain("\n", "\r");
    assertThat(JsonDocument.MAPPER.readTree(item))
        .isEqualTo(
            JsonDocument.MAPPER.readTree(
                """
                {"id":"00000000-0000-0001-0000-000000000002","position":"57","collection":"User",
                 "resourceId":"u/1","number":3,"type":"membership-added","version":"8",
                 "time":"1970-01-01T00:00:01.500Z","actor":"ann","client":"c","userAgent":"ua \\"x\\"",
                 "requestId":"r","address":"::1","content":{"relation":"x\\ny","targets":{"User":["1"]}}}
                """));
  }

  @Test
  void erasedEventHasNoContentAndSaysSo() throws IOException {
    JsonNode page =
        JsonDocument.MAPPER.readTree(
            JSON.page(new EventPage(List.of(event(Optional.empty())), new Position(61), false)));
    assertThat(page.at("/items/0").has("content")).isFalse();
    assertThat(page.at("/items/0/erased").asBoolean()).isTrue();
    assertThat(page.at("/next").asText()).isEqualTo("61");
    assertThat(page.at("/complete").asBoolean(true)).isFalse();
  }

  private static Event event(Optional<JsonDocument> content) {
    return new Event(
        new Position(57),
        new StorageKey(new TenantId("acme"), "User", "u/1"),
        3,
        new Recorded(
            new UUID(1, 2),
            EventType.MEMBERSHIP_ADDED,
            1,
            Optional.of(new Version(8)),
            Instant.ofEpochMilli(1_500),
            new Origin(
                "ann",
                Optional.of("c"),
                Optional.of("ua \"x\""),
                Optional.of("r"),
                Optional.of("::1")),
            content));
  }

  private static FeedRequest of(@Nullable String query, @Nullable String lastEventId) {
    return FeedRequest.of(QueryParameters.parse(query), lastEventId);
  }
}
