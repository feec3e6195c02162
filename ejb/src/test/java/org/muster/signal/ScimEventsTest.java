package org.muster.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.muster.event.Event;
import org.muster.event.Recorded;
import org.muster.kernel.Origin;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.scim.bulk.AsyncResult;
import org.muster.storage.StorageKey;

/** What is told of each kind of change (RFC 9967 section 2). */
class ScimEventsTest {
  private static final Content FULL = Content.FULL;
  private static final Content NOTICE = Content.NOTICE;

  private final Signals signals = new Signals();

  private static JsonNode only(ScimEvent event, EventUri uri) {
    assertThat(event.payloads()).containsOnlyKeys(uri);
    return payload(event, uri);
  }

  private static JsonNode payload(ScimEvent event, EventUri uri) {
    return Objects.requireNonNull(event.payloads().get(uri));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void creationIsToldWithTheRepresentation() {
    String id =
        signals.user(
            "jdoe",
            "'externalId':'ext-jdoe'",
            "'name':{'givenName':'John','familyName':'Doe'}",
            "'emails':[{'type':'work','value':'jdoe@example.com'}]");
    ScimEvent event = signals.last(FULL);
    assertThat(event.subject())
        .isEqualTo(new ScimEvent.Subject("/Users/" + id, Optional.of("ext-jdoe")));
    JsonNode payload = only(event, EventUri.CREATE_FULL);
    JsonNode data = payload.path("data");
    assertThat(data.path("id").asText()).isEqualTo(id);
    assertThat(texts(data.path("schemas")))
        .containsExactly("urn:ietf:params:scim:schemas:core:2.0:User");
    assertThat(data.path("userName").asText()).isEqualTo("jdoe");
    assertThat(data.at("/name/familyName").asText()).isEqualTo("Doe");
    assertThat(data.at("/emails/0/value").asText()).isEqualTo("jdoe@example.com");
    assertThat(payload.path("version").asText()).matches("W/\"\\d+\"");
    assertThat(data.at("/meta/version")).isEqualTo(payload.path("version"));
    assertThat(payload.has("attributes")).isFalse();
  }

  @Test
  void noticeOfACreationNamesTheAttributesAndHasNoValues() {
    signals.user("jdoe", "'externalId':'x'", "'name':{'givenName':'John'}", "'password':'s3cret!'");
    ScimEvent event = signals.last(NOTICE);
    JsonNode payload = only(event, EventUri.CREATE_NOTICE);
    assertThat(texts(payload.path("attributes")))
        .containsExactlyInAnyOrder("id", "externalId", "userName", "name");
    assertThat(payload.has("data")).isFalse();
    assertThat(payload.toString()).doesNotContain("John", "jdoe");
  }

  @Test
  void passwordIsNeverTold() {
    String id = signals.user("jdoe", "'password':'s3cret!'");
    signals.patch(signals.users, id, "{'op':'replace','path':'password','value':'an0ther!'}");
    for (Content content : Content.values()) {
      for (ScimEvent event : signals.told(content)) {
        assertThat(event.payloads().toString())
            .doesNotContain("s3cret", "terc3s", "an0ther", "rehto");
        assertThat(event.payloads().toString()).doesNotContain("password");
      }
    }
  }

  @Test
  void patchIsToldAsOneThatDoesTheSame() {
    String id =
        signals.user(
            "jdoe",
            "'externalId':'e'",
            "'title':'Engineer'",
            "'name':{'givenName':'John','middleName':'Jack','familyName':'Doe'}",
            "'emails':[{'type':'work','value':'a@example.com'},{'type':'home','value':'b@example.com'}]");
    signals.patch(
        signals.users,
        id,
        "{'op':'remove','path':'title'}",
        "{'op':'replace','path':'name.familyName','value':'Roe'}",
        "{'op':'remove','path':'name.middleName'}",
        "{'op':'replace','path':'emails[type eq \\\"home\\\"].value','value':'c@example.com'}",
        "{'op':'add','path':'" + Signals.ENTERPRISE + ":department','value':'R&D'}");
    ScimEvent event = signals.last(FULL);
    assertThat(event.subject().externalId()).contains("e");
    JsonNode payload = only(event, EventUri.PATCH_FULL);
    assertThat(texts(payload.at("/data/schemas")))
        .containsExactly("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    assertThat(payload.at("/data/Operations"))
        .extracting(op -> op.path("op").asText() + " " + op.path("path").asText())
        .containsExactlyInAnyOrder(
            "remove title",
            "replace name.familyName",
            "remove name.middleName",
            "replace emails",
            "replace " + Signals.ENTERPRISE + ":department");
    JsonNode emails = operation(payload, "emails").path("value");
    assertThat(emails)
        .extracting(email -> email.path("value").asText())
        .containsExactlyInAnyOrder("a@example.com", "c@example.com");
    assertThat(texts(only(signals.last(NOTICE), EventUri.PATCH_NOTICE).path("attributes")))
        .containsExactlyInAnyOrder(
            "title",
            "name.familyName",
            "name.middleName",
            "emails",
            Signals.ENTERPRISE + ":department");
  }

  private static JsonNode operation(JsonNode payload, String path) {
    for (JsonNode operation : payload.at("/data/Operations")) {
      if (operation.path("path").asText().equals(path)) {
        return operation;
      }
    }
    throw new AssertionError("There is no operation on " + path);
  }

  @Test
  void patchThatIsToldDoesWhatTheFirstOneDid() {
    String id =
        signals.user("jdoe", "'name':{'givenName':'John','familyName':'Doe'}", "'title':'x'");
    String copy =
        signals.user("copy", "'name':{'givenName':'John','familyName':'Doe'}", "'title':'x'");
    signals.patch(
        signals.users,
        id,
        "{'op':'remove','path':'title'}",
        "{'op':'add','path':'phoneNumbers','value':[{'type':'work','value':'tel:+1-201-555-0123'}]}",
        "{'op':'add','value':{'name':{'honorificPrefix':'Ms.'},'nickName':'J'}}");
    JsonNode told = only(signals.last(FULL), EventUri.PATCH_FULL).at("/data/Operations");
    List<String> operations = new ArrayList<>();
    told.forEach(operation -> operations.add(operation.toString()));
    signals.patch(signals.users, copy, operations.toArray(String[]::new));
    ObjectNode first = document(id);
    ObjectNode second = document(copy);
    second.put("userName", "jdoe");
    assertThat(second).isEqualTo(first);
  }

  private ObjectNode document(String id) {
    return signals
        .storage
        .get(new StorageKey(Signals.TENANT, "User", id), List.of())
        .orElseThrow()
        .document()
        .tree()
        .deepCopy();
  }

  @Test
  void olderEventsAreToldAsTheResourceWasThen() {
    String id = signals.user("jdoe", "'emails':[{'value':'a@example.com'}]");
    for (int i = 1; i <= 60; i++) {
      signals.patch(
          signals.users,
          id,
          "{'op':'replace','path':'emails','value':[{'value':'" + i + "@example.com'}]}",
          "{'op':'replace','path':'title','value':'T" + i + "'}");
    }
    List<ScimEvent> told = signals.told(FULL);
    assertThat(told).hasSize(61);
    for (int i = 1; i <= 60; i++) {
      JsonNode payload = payload(told.get(i), EventUri.PATCH_FULL);
      assertThat(operation(payload, "emails").at("/value/0/value").asText())
          .isEqualTo(i + "@example.com");
      assertThat(operation(payload, "title").path("value").asText()).isEqualTo("T" + i);
    }
  }

  @Test
  void replacementIsToldWithTheRepresentation() {
    String id = signals.user("jdoe", "'title':'Engineer'", "'nickName':'J'");
    signals.put(
        signals.users, id, Signals.userBody("jdoe", "'nickName':'J'", "'displayName':'John'"));
    JsonNode data = only(signals.last(FULL), EventUri.PUT_FULL).path("data");
    assertThat(data.path("id").asText()).isEqualTo(id);
    assertThat(data.path("displayName").asText()).isEqualTo("John");
    assertThat(data.path("nickName").asText()).isEqualTo("J");
    assertThat(data.has("title")).isFalse();
    assertThat(texts(only(signals.last(NOTICE), EventUri.PUT_NOTICE).path("attributes")))
        .containsExactlyInAnyOrder("displayName", "title");
  }

  @Test
  void replacementOfAGroupIsToldAsAPatchSinceItsMembersAreNotInIt() {
    String ann = signals.user("ann");
    String group = signals.group("crm", ann);
    signals.put(signals.groups, group, Signals.groupBody("sales", ann));
    ScimEvent event = signals.last(FULL);
    assertThat(event.payloads()).containsOnlyKeys(EventUri.PATCH_FULL);
    assertThat(operation(payload(event, EventUri.PATCH_FULL), "displayName").path("value").asText())
        .isEqualTo("sales");
  }

  @Test
  void deletionHasNoPayloadAndNoVariant() {
    String id = signals.user("jdoe", "'externalId':'jDoe'");
    signals.delete(signals.users, id);
    for (Content content : Content.values()) {
      ScimEvent event = signals.last(content);
      assertThat(only(event, EventUri.DELETE)).isEmpty();
      assertThat(event.subject())
          .isEqualTo(new ScimEvent.Subject("/Users/" + id, Optional.of("jDoe")));
    }
  }

  @Test
  void whoIsRestoredJoinsAsTheCreatedDo() {
    String id = signals.user("jdoe", "'title':'Engineer'");
    signals.delete(signals.users, id);
    signals.restore(signals.users, id);
    JsonNode data = only(signals.last(FULL), EventUri.CREATE_FULL).path("data");
    assertThat(data.path("id").asText()).isEqualTo(id);
    assertThat(data.path("title").asText()).isEqualTo("Engineer");
  }

  @Test
  void purgingIsNotTold() {
    String id = signals.user("jdoe");
    signals.delete(signals.users, id);
    signals.purge(signals.users, id);
    assertThat(signals.told(FULL))
        .extracting(event -> event.payloads().keySet())
        .containsExactly(Set.of(EventUri.CREATE_FULL), Set.of(EventUri.DELETE));
  }

  @Test
  void deactivationAndActivationAreToldWithTheChange() {
    String id = signals.user("jdoe", "'active':true");
    signals.patch(signals.users, id, "{'op':'replace','path':'active','value':false}");
    ScimEvent off = signals.last(FULL);
    assertThat(off.payloads()).containsOnlyKeys(EventUri.PATCH_FULL, EventUri.DEACTIVATE);
    assertThat(off.payloads().get(EventUri.DEACTIVATE)).isEmpty();
    signals.patch(signals.users, id, "{'op':'replace','path':'title','value':'x'}");
    assertThat(signals.last(FULL).payloads()).containsOnlyKeys(EventUri.PATCH_FULL);
    signals.put(signals.users, id, Signals.userBody("jdoe", "'active':true"));
    assertThat(signals.last(NOTICE).payloads())
        .containsOnlyKeys(EventUri.PUT_NOTICE, EventUri.ACTIVATE);
  }

  @Test
  void membersAreToldAsThePatchThatAddsOrRemovesThem() {
    String ann = signals.user("ann");
    String bob = signals.user("bob");
    String group = signals.group("crm", ann);
    JsonNode added = only(signals.last(FULL), EventUri.PATCH_FULL);
    assertThat(added.at("/data/Operations/0"))
        .isEqualTo(
            Signals.json(
                "{'op':'add','path':'members','value':[{'value':'"
                    + ann
                    + "','$ref':'/Users/"
                    + ann
                    + "','type':'User'}]}"));
    signals.patch(
        signals.groups, group, "{'op':'remove','path':'members[value eq \\\"" + ann + "\\\"]'}");
    ScimEvent removed = signals.last(FULL);
    assertThat(removed.subject().uri()).isEqualTo("/Groups/" + group);
    assertThat(removed.subject().externalId()).contains("ext-crm");
    assertThat(only(removed, EventUri.PATCH_FULL).at("/data/Operations/0/path").asText())
        .isEqualTo("members[value eq \"" + ann + "\"]");
    assertThat(texts(only(signals.last(NOTICE), EventUri.PATCH_NOTICE).path("attributes")))
        .containsExactly("members");
    assertThat(bob).isNotEmpty();
  }

  @Test
  void managerIsToldByTheNameOfItsExtension() {
    String boss = signals.user("boss");
    signals.user("ann", "'" + Signals.ENTERPRISE + "':{'manager':{'value':'" + boss + "'}}");
    JsonNode operation = only(signals.last(FULL), EventUri.PATCH_FULL).at("/data/Operations/0");
    assertThat(operation.path("op").asText()).isEqualTo("replace");
    assertThat(operation.path("path").asText()).isEqualTo(Signals.ENTERPRISE + ":manager");
    assertThat(operation.at("/value/value").asText()).isEqualTo(boss);
  }

  @Test
  void whatWasChangedAtOnceHasOneTransactionAndNothingElseHas() {
    String ann = signals.user("ann");
    signals.group("crm", ann);
    List<ScimEvent> told = signals.told(FULL);
    assertThat(told).hasSize(3);
    assertThat(told.get(1).transaction()).isEqualTo(told.get(2).transaction());
    assertThat(told.get(0).transaction()).isNotEqualTo(told.get(1).transaction());
    assertThat(told).extracting(ScimEvent::id).doesNotHaveDuplicates();
  }

  @Test
  void ofWhatWasErasedOnlyTheDeletionIsTold() {
    String id = signals.user("jdoe", "'externalId':'secret'");
    signals.delete(signals.users, id);
    List<Event> erased = signals.all().stream().map(ScimEventsTest::erased).toList();
    assertThat(signals.scim.of(erased.get(0), FULL)).isEmpty();
    ScimEvent deleted = signals.scim.of(erased.get(1), FULL).orElseThrow();
    assertThat(deleted.payloads()).containsOnlyKeys(EventUri.DELETE);
    assertThat(deleted.subject().externalId()).isEmpty();
  }

  private static Event erased(Event event) {
    Recorded recorded = event.recorded();
    return new Event(
        event.position(),
        event.stream(),
        event.number(),
        new Recorded(
            recorded.id(),
            recorded.type(),
            recorded.schema(),
            recorded.version(),
            recorded.time(),
            recorded.origin(),
            Optional.empty()));
  }

  @Test
  void whatIsNotWantedIsLeftOut() {
    String id = signals.user("jdoe", "'active':true");
    signals.patch(signals.users, id, "{'op':'replace','path':'active','value':false}");
    ScimEvent event = signals.last(FULL);
    assertThat(event.only(List.of())).contains(event);
    assertThat(event.only(List.of(EventUri.DEACTIVATE)).orElseThrow().payloads())
        .containsOnlyKeys(EventUri.DEACTIVATE);
    assertThat(event.only(List.of(EventUri.DELETE))).isEmpty();
  }

  @Test
  void resultOfAnAsynchronousRequestIsToldUnderItsTransaction() {
    AsyncResponses responses =
        new AsyncResponses(append -> signals.events.append(List.of(append)), Clock.systemUTC());
    ObjectNode failure =
        Signals.json(
            "{'method':'PUT','status':'400','response':{'schemas':["
                + "'urn:ietf:params:scim:api:messages:2.0:Error'],'scimType':'invalidSyntax',"
                + "'detail':'Request is unparsable','status':'400'}}");
    responses.done(
        Signals.TENANT,
        Origin.of("tester"),
        "734f0614e3274f288f93ac74119dcf78",
        List.of(
            new AsyncResult(
                "734f0614e3274f288f93ac74119dcf78:0",
                "/Users/2819c223-7f76-453a-919d-413861904646",
                failure)));
    ScimEvent event = signals.last(FULL);
    assertThat(event.transaction()).isEqualTo("734f0614e3274f288f93ac74119dcf78:0");
    assertThat(event.subject().uri()).isEqualTo("/Users/2819c223-7f76-453a-919d-413861904646");
    assertThat(only(event, EventUri.ASYNC_RESPONSE)).isEqualTo(failure);
    assertThat(signals.last(NOTICE).payloads()).isEqualTo(event.payloads());
  }
}
