package org.muster.delivery.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.delivery.Outcome;
import org.muster.delivery.Transport;
import org.muster.delivery.Transports;
import org.muster.event.Event;
import org.muster.event.Position;
import org.muster.feed.Feed;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.ReceiverSettings;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.receiver.Secret;
import org.muster.receiver.memory.MemoryDeliveryLog;
import org.muster.receiver.memory.MemoryReceivers;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;
import org.muster.signal.Signals;
import org.muster.storage.JsonDocument;

/** What administrators change of a receiver. */
class ReceiverRequestsTest {
  private static final ReceiverId ID = new ReceiverId(Signals.TENANT, "push-1");

  private final MemoryReceivers receivers = new MemoryReceivers();
  private final ReceiverRequests requests =
      new ReceiverRequests(
          receivers,
          new MemoryDeliveryLog(receivers),
          new Feed(new Signals().events),
          new Transports(List.of(new Anything())),
          new ReceiverJson((tenant, name) -> true),
          Runnable::run,
          id -> {},
          10,
          Clock.systemUTC());

  /** Serves any receiver. */
  private static final class Anything implements Transport {
    @Override
    public Kind kind() {
      return Kind.SET_PUSH;
    }

    @Override
    public void check(Receiver receiver) {
      // all are fine
    }

    @Override
    public CompletionStage<Outcome> send(Receiver receiver, Event event) {
      return ping(receiver);
    }

    @Override
    public CompletionStage<Outcome> ping(Receiver receiver) {
      return CompletableFuture.completedFuture(new Outcome.Delivered());
    }
  }

  @BeforeEach
  void add() {
    Receiver receiver =
        new Receiver(
            ID,
            Kind.SET_PUSH,
            Receiver.State.ENABLED,
            new ReceiverSettings(
                Optional.of(URI.create("https://crm.example.com/events")),
                Set.of(),
                Set.of(),
                Content.FULL,
                Optional.of("CRM"),
                JsonDocument.ofText("{\"audience\":\"crm\",\"eventUris\":[\"a\"]}")),
            List.of(new Secret("bearer")),
            new Version(1),
            Instant.EPOCH,
            Instant.EPOCH);
    receivers.add(receiver, Position.START);
  }

  private Receiver patch(String text) {
    ObjectNode body = JsonDocument.ofText(text.replace('\'', '"')).tree().deepCopy();
    String version = receivers.find(ID).orElseThrow().version().toString();
    return requests.patch(Signals.TENANT, ID.id(), new Condition.Tags(List.of(version)), body);
  }

  @Test
  void optionsAreMergedAndNullRemoves() {
    Receiver changed = patch("{'description':null,'options':{'eventUris':null,'x':1}}");
    assertThat(changed.settings().options())
        .isEqualTo(JsonDocument.ofText("{\"audience\":\"crm\",\"x\":1}"));
    assertThat(changed.settings().description()).isEmpty();
    assertThat(changed.secrets()).containsExactly(new Secret("bearer"));
    assertThat(patch("{'secrets':null}").secrets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/events",
        "http://crm.example.com/events",
        "https://crm.example.com:8443/events"
      })
  void secretsOfOneServerAreNotSentToAnother(String endpoint) {
    assertThatThrownBy(() -> patch("{'endpoint':'" + endpoint + "'}"))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    assertThat(patch("{'endpoint':'" + endpoint + "','secrets':['other']}").secrets())
        .containsExactly(new Secret("other"));
  }

  @Test
  void endpointMayMoveOnItsServer() {
    assertThat(patch("{'endpoint':'https://CRM.example.com/other'}").secrets())
        .containsExactly(new Secret("bearer"));
  }
}
