package org.muster.signal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.muster.event.Position;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Note;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.ReceiverSettings;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.receiver.memory.MemoryDeliveryLog;
import org.muster.receiver.memory.MemoryReceivers;
import org.muster.scim.ScimException;
import org.muster.signal.Signals;
import org.muster.signal.token.TestTokens;
import org.muster.storage.JsonDocument;

/** What a receiver gets that polls (RFC 8936 section 2). */
class PollingTest {
  private static final ReceiverId ID = new ReceiverId(Signals.TENANT, "stream-1");

  private final Signals signals = new Signals();
  private final MemoryReceivers receivers = new MemoryReceivers();
  private final MemoryDeliveryLog log = new MemoryDeliveryLog(receivers);
  private final Polling polling =
      new Polling(
          log,
          log::settle,
          signals.events,
          new StreamTokens(signals.scim, TestTokens.of("https://scim.example.com")),
          Duration.ofSeconds(30),
          Clock.systemUTC());

  private static Receiver receiver(Kind kind, ReceiverId id, String options) {
    return new Receiver(
        id,
        kind,
        Receiver.State.ENABLED,
        new ReceiverSettings(
            Optional.empty(),
            Set.of(),
            Set.of(),
            Content.FULL,
            Optional.empty(),
            JsonDocument.ofText(options)),
        List.of(),
        new Version(1),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @BeforeEach
  void add() {
    receivers.add(receiver(Kind.SET_POLL, ID, "{}"), Position.START);
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PollAnswer poll(String body) {
    return polling.poll(ID, PollRequest.of(json(body)));
  }

  private PollAnswer acknowledge(Collection<String> ids) {
    ObjectNode body = JsonDocument.MAPPER.createObjectNode();
    ArrayNode list = body.putArray("ack");
    ids.forEach(list::add);
    return polling.poll(ID, PollRequest.of(body));
  }

  private List<String> users(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(signals.user("u" + i));
    }
    return ids;
  }

  private static List<String> ids(PollAnswer answer) {
    return List.copyOf(answer.tokens().keySet());
  }

  private static JsonNode claims(String token) {
    try {
      return JsonDocument.ofText(JWSObject.parse(token).getPayload().toString()).tree();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> subjects(PollAnswer answer) {
    return answer.tokens().values().stream()
        .map(token -> claims(token).at("/sub_id/uri").asText().replace("/Users/", ""))
        .toList();
  }

  @Test
  void whatHappenedIsGivenInItsOrderUnderTheIdsOfTheTokens() {
    List<String> users = users(3);
    PollAnswer answer = poll("{}");
    assertThat(subjects(answer)).isEqualTo(users);
    assertThat(answer.more()).isFalse();
    answer
        .tokens()
        .forEach((id, token) -> assertThat(claims(token).path("jti").asText()).isEqualTo(id));
    assertThat(claims(answer.tokens().values().iterator().next()).path("aud").path(0).asText())
        .isEqualTo("https://scim.example.com/events/v1/streams/stream-1");
  }

  @Test
  void emptyStreamHasAnEmptyObjectOfTokens() {
    assertThat(poll("{}").text()).isEqualTo("{\"sets\":{}}");
  }

  @Test
  void whatIsNotAcknowledgedComesAgainUntilItIs() {
    users(3);
    List<String> first = ids(poll("{'maxEvents':2}"));
    assertThat(first).hasSize(2);
    assertThat(ids(poll("{'maxEvents':2}"))).isEqualTo(first);
    PollAnswer rest = acknowledge(first);
    assertThat(ids(rest)).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(ids(acknowledge(ids(rest)))).isEmpty();
    assertThat(log.find(ID).orElseThrow().delivered()).isEqualTo(3);
    assertThat(log.find(ID).orElseThrow().position()).isEqualTo(signals.events.end());
  }

  @Test
  void moreIsToldOfAsLongAsThereIsMore() {
    users(5);
    assertThat(poll("{'maxEvents':2}").more()).isTrue();
    assertThat(poll("{'maxEvents':5}").more()).isFalse();
    PollAnswer none = poll("{'maxEvents':0}");
    assertThat(none.tokens()).isEmpty();
    assertThat(none.more()).isTrue();
    assertThat(poll("{'maxEvents':2}").text()).contains("\"moreAvailable\":true");
  }

  @Test
  void acknowledgementWithoutAWishForMoreGivesNone() {
    users(2);
    List<String> all = ids(poll("{}"));
    PollAnswer answer = poll("{'maxEvents':0,'ack':['" + all.get(0) + "','" + all.get(1) + "']}");
    assertThat(answer).isEqualTo(PollAnswer.NOTHING);
  }

  @Test
  void acknowledgementsMayComeInAnyOrder() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("muster.seed=" + seed);
    Random random = new Random(seed);
    users(40);
    List<String> expected = ids(poll("{}"));
    Set<String> open = new LinkedHashSet<>(expected);
    while (!open.isEmpty()) {
      List<String> some = open.stream().filter(id -> random.nextInt(3) == 0).toList();
      open.removeAll(some);
      List<String> left = new ArrayList<>(ids(acknowledge(some)));
      assertThat(left).containsExactlyInAnyOrderElementsOf(open);
    }
    assertThat(log.counts(ID).held()).isZero();
    assertThat(log.find(ID).orElseThrow().position()).isEqualTo(signals.events.end());
  }

  @Test
  void changesOfAResourceStayInOrderThoughOneIsAcknowledgedLate() {
    String id = signals.user("ann");
    signals.user("bob");
    signals.patch(signals.users, id, "{'op':'replace','path':'title','value':'1'}");
    List<String> all = ids(poll("{}"));
    acknowledge(List.of(all.get(1)));
    signals.patch(signals.users, id, "{'op':'replace','path':'title','value':'2'}");
    PollAnswer answer = poll("{}");
    assertThat(ids(answer)).hasSize(3).startsWith(all.get(0), all.get(2));
  }

  @Test
  void tokenThatCouldNotBeUsedIsADeadLetterAndComesAgainWhenItIsReplayed() {
    users(3);
    List<String> all = ids(poll("{}"));
    PollAnswer answer =
        poll(
            "{'ack':['"
                + all.get(0)
                + "'],'setErrs':{'"
                + all.get(1)
                + "':{'err':'jwtAud','description':'Not for me'}}}");
    assertThat(ids(answer)).containsExactly(all.get(2));
    List<Note> dead = log.page(ID, 0, 10);
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).error()).contains("jwtAud").doesNotContain("Not for me");
    assertThat(log.find(ID).orElseThrow().failed()).isEqualTo(1);
    log.replay(ID, dead.get(0).no(), Instant.now());
    assertThat(ids(poll("{}"))).containsExactly(all.get(1), all.get(2));
    poll("{'setErrs':{'" + all.get(1) + "':{'err':'jwtAud'}}}");
    assertThat(ids(poll("{}"))).containsExactly(all.get(2));
    assertThat(log.page(ID, 0, 10)).hasSize(1);
  }

  @Test
  void acknowledgementsOfUnknownTokensChangeNothing() {
    users(2);
    List<String> all = ids(poll("{}"));
    acknowledge(List.of("019ab000-0000-7000-8000-000000000001", "nonsense", "'; drop table x"));
    assertThat(ids(poll("{}"))).isEqualTo(all);
  }

  @Test
  void whatIsNotWantedIsPassedAndNotKept() {
    receivers.replace(
        receiver(Kind.SET_POLL, ID, "{\"eventUris\":[\"urn:ietf:params:scim:event:prov:delete\"]}"),
        new Precondition.Any());
    List<String> users = users(5);
    assertThat(poll("{}").tokens()).isEmpty();
    assertThat(log.find(ID).orElseThrow().position()).isEqualTo(signals.events.end());
    signals.delete(signals.users, users.get(2));
    assertThat(subjects(poll("{}"))).containsExactly(users.get(2));
  }

  private void tellOfDeletions() {
    receivers.replace(
        receiver(Kind.SET_POLL, ID, "{\"eventUris\":[\"urn:ietf:params:scim:event:prov:delete\"]}"),
        new Precondition.Any());
  }

  @Test
  void muchThatIsNotWantedDoesNotKeepATokenFromBeingAcknowledged() {
    tellOfDeletions();
    List<String> users = users(2_500);
    String first = signals.user("first");
    signals.delete(signals.users, first);
    for (int i = 0; i < 2_500; i++) {
      signals.user("more" + i);
    }
    signals.delete(signals.users, users.get(8));
    PollAnswer answer = poll("{}");
    assertThat(subjects(answer)).containsExactly(first, users.get(8));
    String last = ids(answer).get(1);
    assertThat(subjects(acknowledge(List.of(last)))).containsExactly(first);
    assertThat(ids(acknowledge(ids(answer)))).isEmpty();
    assertThat(log.find(ID).orElseThrow().position()).isEqualTo(signals.events.end());
    assertThat(log.find(ID).orElseThrow().delivered()).isEqualTo(2);
  }

  @Test
  void onePollLooksAtSoMuchAndTheNextGoesOnFromThere() {
    tellOfDeletions();
    List<String> users = users(Collecting.LOOKED_MOST + 500);
    signals.delete(signals.users, users.get(7));
    PollAnswer first = poll("{}");
    assertThat(first.tokens()).isEmpty();
    assertThat(first.more()).isTrue();
    assertThat(subjects(poll("{}"))).containsExactly(users.get(7));
  }

  @Test
  void pausedStreamGivesNothing() {
    users(1);
    receivers.replace(
        receiver(Kind.SET_POLL, ID, "{}").in(Receiver.State.PAUSED), new Precondition.Any());
    assertThat(poll("{}")).isEqualTo(PollAnswer.NOTHING);
  }

  @Test
  void onlyStreamsThatArePolledAreThere() {
    ReceiverId pushed = new ReceiverId(Signals.TENANT, "stream-2");
    receivers.add(receiver(Kind.SET_PUSH, pushed, "{}"), Position.START);
    for (ReceiverId id : List.of(pushed, new ReceiverId(Signals.TENANT, "nothing"))) {
      assertThatThrownBy(() -> polling.poll(id, PollRequest.of(json("{}"))))
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(404));
    }
  }

  @Test
  void thousandsAreWalkedWithoutAGap() {
    users(2_500);
    List<String> seen = new ArrayList<>();
    PollAnswer answer = poll("{'maxEvents':1000}");
    while (!answer.tokens().isEmpty()) {
      seen.addAll(ids(answer));
      ObjectNode body = JsonDocument.MAPPER.createObjectNode().put("maxEvents", 1000);
      ArrayNode list = body.putArray("ack");
      ids(answer).forEach(list::add);
      answer = polling.poll(ID, PollRequest.of(body));
    }
    assertThat(seen).hasSize(2_500).doesNotHaveDuplicates();
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() {
    for (String body :
        List.of(
            "{'maxEvents':-1}",
            "{'maxEvents':'2'}",
            "{'maxEvents':1.5}",
            "{'maxEvents':null}",
            "{'returnImmediately':'true'}",
            "{'returnImmediately':1}",
            "{'ack':'x'}",
            "{'ack':{}}",
            "{'ack':[1]}",
            "{'ack':null}",
            "{'setErrs':[]}",
            "{'setErrs':{'x':'y'}}",
            "{'setErrs':{'x':{}}}",
            "{'setErrs':{'x':{'err':1}}}",
            "{'setErrs':{'x':{'err':'a b'}}}")) {
      assertThatThrownBy(() -> PollRequest.of(json(body)))
          .as(body)
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
    assertThat(PollRequest.of(json("{'maxEvents':99999999999999999999}")).most())
        .isEqualTo(PollRequest.MOST);
  }
}
