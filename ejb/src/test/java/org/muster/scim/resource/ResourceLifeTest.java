package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.resource.Directory.ALWAYS;
import static org.muster.scim.resource.Directory.ENTERPRISE;
import static org.muster.scim.resource.Directory.manager;
import static org.muster.scim.resource.Directory.read;
import static org.muster.scim.resource.Directory.tag;
import static org.muster.scim.resource.Directory.userBody;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.muster.scim.ScimException;
import org.muster.storage.StorageKey;
import org.muster.storage.TombstoneQuery;

/** One resource from its creation to its end. */
class ResourceLifeTest {
  private final Directory directory = new Directory();

  @Test
  void aNewResourceHasWhatTheServerGives() {
    Representation made = directory.post(directory.users, userBody("ann", "'title':'Engineer'"));
    ObjectNode json = read(made);
    assertThat(json.path("id").textValue()).isEqualTo(made.id()).hasSize(36);
    assertThat(made.id().charAt(14)).isEqualTo('7'); // UUIDv7
    assertThat(json.path("userName").textValue()).isEqualTo("ann");
    assertThat(json.path("title").textValue()).isEqualTo("Engineer");
    assertThat(json.at("/meta/resourceType").textValue()).isEqualTo("User");
    assertThat(json.at("/meta/location").textValue())
        .isEqualTo(made.location())
        .isEqualTo(Directory.BASE + "/Users/" + made.id());
    assertThat(json.at("/meta/version").textValue()).isEqualTo("W/\"" + made.etag() + "\"");
    assertThat(json.at("/meta/created").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
        .isEqualTo(json.at("/meta/lastModified").textValue());
    assertThat(List.copyOf(json.properties()).get(0).getKey()).isEqualTo("schemas");
  }

  @Test
  void whatIsReadIsWhatWasAnsweredToTheWrite() {
    String boss = directory.user("boss", "'displayName':'The Boss'");
    Representation made = directory.post(directory.users, userBody("ann", manager(boss)));
    assertThat(directory.get(directory.users, made.id())).isEqualTo(read(made));
    assertThat(directory.representation(directory.users, made.id()).etag()).isEqualTo(made.etag());
    Representation replaced =
        directory.put(directory.users, made.id(), ALWAYS, userBody("ann", "'title':'Dr'"));
    assertThat(directory.get(directory.users, made.id())).isEqualTo(read(replaced));
  }

  @Test
  void aManagerStandsInTheExtensionWithNameAndAddress() {
    String boss = directory.user("boss", "'displayName':'The Boss'");
    String ann = directory.user("ann", "'" + ENTERPRISE + "':{'manager':{'value':'" + boss + "'}}");
    ObjectNode json = directory.get(directory.users, ann);
    assertThat(json.path(ENTERPRISE).path("manager"))
        .isEqualTo(
            Directory.json(
                "{'value':'%s','$ref':'%s/Users/%s','displayName':'The Boss'}"
                    .formatted(boss, Directory.BASE, boss)));
    assertThat(json.path("schemas").toString()).contains(ENTERPRISE);
  }

  @Test
  void renamingTheManagerChangesTheTagOfTheReportYetNotItsVersion() {
    String boss = directory.user("boss", "'displayName':'The Boss'");
    String ann = directory.user("ann", manager(boss));
    String before = directory.representation(directory.users, ann).etag();
    directory.put(directory.users, boss, ALWAYS, userBody("boss", "'displayName':'Chief'"));
    Representation after = directory.representation(directory.users, ann);
    assertThat(after.etag()).isNotEqualTo(before);
    directory.put(directory.users, ann, tag(before), userBody("ann"));
    assertThat(directory.get(directory.users, ann).has(ENTERPRISE)).isFalse();
  }

  @Test
  void aManagerWhoIsNoUserIsRefused() {
    String group = directory.group("g");
    for (String id : List.of("nobody", group)) {
      assertRefused(
          () -> directory.user("ann", manager(id)), 400, ScimException.Type.INVALID_VALUE, id);
    }
    assertThat(directory.list(directory.users, "", 1, 10).path("totalResults").intValue()).isZero();
  }

  @Test
  void aTakenUserNameIsRefusedInAnyCase() {
    directory.user("Straße");
    assertRefused(() -> directory.user("STRASSE"), 409, ScimException.Type.UNIQUENESS, "userName");
  }

  @Test
  void aNameThatWasGivenUpCanBeTaken() {
    String ann = directory.user("ann");
    directory.put(directory.users, ann, ALWAYS, userBody("anna"));
    String other = directory.user("ann");
    directory.resources.delete(directory.context(), directory.users, other, ALWAYS);
    directory.user("ann");
    assertRefused(
        () -> directory.put(directory.users, ann, ALWAYS, userBody("Ann")),
        409,
        ScimException.Type.UNIQUENESS,
        "userName");
    assertThat(directory.get(directory.users, ann).path("userName").textValue()).isEqualTo("anna");
  }

  @Test
  void aWriteThatChangesNothingKeepsVersionAndTime() {
    String boss = directory.user("boss");
    Representation made = directory.post(directory.users, userBody("ann", manager(boss)));
    Representation same =
        directory.put(directory.users, made.id(), ALWAYS, userBody("ann", manager(boss)));
    assertThat(same.etag()).isEqualTo(made.etag());
    assertThat(read(same)).isEqualTo(read(made));
  }

  @Test
  void aChangedManagerIsANewVersion() {
    String boss = directory.user("boss");
    String chief = directory.user("chief");
    Representation made = directory.post(directory.users, userBody("ann", manager(boss)));
    Representation moved =
        directory.put(directory.users, made.id(), ALWAYS, userBody("ann", manager(chief)));
    assertThat(moved.etag()).isNotEqualTo(made.etag());
    assertThat(read(moved).path(ENTERPRISE).path("manager").path("value").textValue())
        .isEqualTo(chief);
  }

  @Test
  void staleTagsAreRefusedAndChangeNothing() {
    Representation made = directory.post(directory.users, userBody("ann"));
    directory.put(directory.users, made.id(), tag(made.etag()), userBody("ann", "'title':'Dr'"));
    Condition stale = tag(made.etag());
    assertRefused(() -> directory.put(directory.users, made.id(), stale, userBody("eve")), 412, "");
    assertRefused(
        () -> directory.resources.delete(directory.context(), directory.users, made.id(), stale),
        412,
        "");
    assertThat(directory.get(directory.users, made.id()).path("title").textValue()).isEqualTo("Dr");
  }

  @Test
  void oneOfSeveralTagsIsEnoughAndSoIsAStar() {
    Representation made = directory.post(directory.users, userBody("ann"));
    Condition several = new Condition.Tags(List.of("0", made.etag()));
    directory.put(directory.users, made.id(), several, userBody("ann", "'title':'Dr'"));
    directory.put(directory.users, made.id(), new Condition.Star(), userBody("ann"));
    directory.resources.delete(
        directory.context(), directory.users, made.id(), new Condition.Star());
  }

  @Test
  void whatWasDeletedIsGone() {
    String ann = directory.user("ann");
    directory.resources.delete(directory.context(), directory.users, ann, ALWAYS);
    assertGone(() -> directory.get(directory.users, ann));
    assertGone(() -> directory.put(directory.users, ann, ALWAYS, userBody("ann")));
    assertGone(() -> directory.put(directory.users, ann, tag("1"), userBody("ann")));
    assertGone(() -> directory.resources.delete(directory.context(), directory.users, ann, ALWAYS));
    assertGone(
        () -> directory.resources.delete(directory.context(), directory.users, ann, tag("1")));
  }

  @Test
  void anIdThatCanNotBeIsNotFound() {
    assertGone(() -> directory.get(directory.users, "x".repeat(300)));
    assertGone(() -> directory.get(directory.users, "a\u0000b"));
    assertGone(() -> directory.get(directory.users, ""));
  }

  @Test
  void aTombstoneSaysWhoDeleted() {
    String ann = directory.user("ann");
    directory.resources.delete(directory.context(), directory.users, ann, ALWAYS);
    assertThat(directory.storage.tombstones(new TombstoneQuery.Oldest(directory.tenant, 10)))
        .singleElement()
        .satisfies(tombstone -> assertThat(tombstone.actor()).isEqualTo("tester"));
  }

  @Test
  void aPasswordIsKeptHashedAndApart() {
    Representation made = directory.post(directory.users, userBody("ann", "'password':'secret7'"));
    StorageKey key = new StorageKey(directory.tenant, "User", made.id());
    assertThat(read(made).toString()).doesNotContain("secret7", "7terces");
    assertThat(directory.storage.get(key, List.of()).orElseThrow().document().text())
        .doesNotContain("secret7", "7terces");
    assertThat(directory.storage.get(Secrets.key(key), List.of()).orElseThrow().document().tree())
        .isEqualTo(Directory.json("{'password':'7terces'}"));
  }

  @Test
  void aPasswordIsPreparedBeforeItIsHashed() {
    Representation made =
        directory.post(directory.users, userBody("ann", "'password':'e\u0301\u00a0\u3000Ｂ'"));
    StorageKey key = Secrets.key(new StorageKey(directory.tenant, "User", made.id()));
    assertThat(directory.storage.get(key, List.of()).orElseThrow().document().tree())
        .isEqualTo(Directory.json("{'password':'Ｂ  é'}"));
  }

  @Test
  void aNewPasswordIsANewVersionAndNoPasswordKeepsTheOld() {
    Representation made = directory.post(directory.users, userBody("ann", "'password':'old'"));
    StorageKey secret = Secrets.key(new StorageKey(directory.tenant, "User", made.id()));
    Representation changed =
        directory.put(directory.users, made.id(), ALWAYS, userBody("ann", "'password':'new'"));
    assertThat(changed.etag()).isNotEqualTo(made.etag());
    directory.put(directory.users, made.id(), ALWAYS, userBody("ann"));
    assertThat(directory.storage.get(secret, List.of()).orElseThrow().document().text())
        .contains("wen");
    directory.resources.delete(directory.context(), directory.users, made.id(), ALWAYS);
    assertThat(directory.storage.get(secret, List.of())).isEmpty();
  }

  private static void assertGone(ThrowingCallable call) {
    assertRefused(call, 404, "");
  }

  private static void assertRefused(ThrowingCallable call, int status, String part) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining(part);
  }

  private static void assertRefused(
      ThrowingCallable call, int status, ScimException.Type type, String part) {
    assertRefused(call, status, part);
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.type()).contains(type));
  }
}
