package org.muster.event.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.document.DocumentState.Presence;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/** What the events of a definition come to. */
class DefinitionStateTest {
  private final StorageKey key = new StorageKey(TenantId.DEFAULT, "$schemas", "urn:example:Thing");
  private final DocumentState state = new DocumentState(key);

  @Test
  void definitionIsWhatItWasRegisteredOrChangedAs() {
    apply(EventType.SCHEMA_REGISTERED, "{\"document\":{\"name\":\"a\"}}");
    assertThat(state.presence()).isEqualTo(Presence.LIVE);
    assertThat(state.document()).contains(JsonDocument.ofText("{\"name\":\"a\"}"));
    apply(EventType.SCHEMA_CHANGED, "{\"document\":{\"name\":\"b\"}}");
    assertThat(state.document()).contains(JsonDocument.ofText("{\"name\":\"b\"}"));
    assertThat(state.created()).isEqualTo(Instant.ofEpochMilli(1));
    assertThat(state.modified()).isEqualTo(Instant.ofEpochMilli(2));
  }

  @Test
  void removedDefinitionIsAbsentUntilItComesBack() {
    apply(EventType.SCHEMA_REGISTERED, "{\"document\":{\"name\":\"a\"}}");
    apply(EventType.SCHEMA_CHANGED, "{\"removed\":true}");
    assertThat(state.presence()).isEqualTo(Presence.ABSENT);
    assertThat(state.document()).isEmpty();
    apply(EventType.SCHEMA_REGISTERED, "{\"document\":{\"name\":\"c\"}}");
    assertThat(state.presence()).isEqualTo(Presence.LIVE);
    assertThat(state.created()).isEqualTo(Instant.ofEpochMilli(3));
  }

  private void apply(EventType type, String content) {
    long number = state.number() + 1;
    state.apply(
        new Event(
            new Position(number),
            key,
            number,
            new Recorded(
                new UUID(0, number),
                type,
                Recorded.FORM,
                Optional.empty(),
                Instant.ofEpochMilli(number),
                Origin.of("admin"),
                Optional.of(JsonDocument.ofText(content)))));
  }
}
