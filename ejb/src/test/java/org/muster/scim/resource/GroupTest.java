package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.resource.Directory.ALWAYS;
import static org.muster.scim.resource.Directory.add;
import static org.muster.scim.resource.Directory.groupBody;
import static org.muster.scim.resource.Directory.read;
import static org.muster.scim.resource.Directory.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Limits;

/** Memberships: members of a group, groups of a user. */
class GroupTest {
  private final Directory directory = new Directory();

  @Test
  void membersAreShownWithTypeNameAndAddress() {
    String ann = directory.user("ann", "'displayName':'Ann'");
    String inner = directory.group("inner");
    Representation outer = directory.post(directory.groups, groupBody("outer", ann, inner));
    JsonNode members = read(outer).path("members");
    assertThat(members)
        .containsExactlyInAnyOrder(
            Directory.json(
                "{'value':'%1$s','$ref':'%2$s/Users/%1$s','display':'Ann','type':'User'}"
                    .formatted(ann, Directory.BASE)),
            Directory.json(
                "{'value':'%1$s','$ref':'%2$s/Groups/%1$s','display':'inner','type':'Group'}"
                    .formatted(inner, Directory.BASE)));
  }

  @Test
  void groupsOfAUserAreDirectAndIndirect() {
    String ann = directory.user("ann");
    String inner = directory.group("inner", ann);
    String outer = directory.group("outer", inner);
    assertThat(directory.get(directory.users, ann).path("groups"))
        .containsExactlyInAnyOrder(
            Directory.json(
                "{'value':'%1$s','$ref':'%2$s/Groups/%1$s','display':'inner','type':'direct'}"
                    .formatted(inner, Directory.BASE)),
            Directory.json(
                "{'value':'%1$s','$ref':'%2$s/Groups/%1$s','display':'outer','type':'indirect'}"
                    .formatted(outer, Directory.BASE)));
  }

  @Test
  void aCycleOfGroupsIsHarmless() {
    String ann = directory.user("ann");
    String first = directory.group("first", ann);
    String second = directory.group("second", first);
    directory.put(directory.groups, first, ALWAYS, groupBody("first", ann, second, first));
    assertThat(texts(directory.get(directory.users, ann).path("groups"), "display"))
        .containsExactlyInAnyOrder("first", "second");
    assertThat(texts(directory.get(directory.groups, first).path("members"), "value"))
        .containsExactlyInAnyOrder(ann, second, first);
  }

  @Test
  void aMembershipChangesTheTagOfTheUserAndNotItsVersion() {
    Representation made = directory.post(directory.users, Directory.userBody("ann"));
    directory.group("g", made.id());
    Representation member = directory.representation(directory.users, made.id());
    assertThat(member.etag()).startsWith(made.etag() + "-");
    assertThat(read(member).at("/meta/version").textValue())
        .isEqualTo("W/\"" + member.etag() + "\"");
  }

  @Test
  void aDeletedUserIsNoLongerAMember() {
    String ann = directory.user("ann");
    Representation group = directory.post(directory.groups, groupBody("g", ann));
    directory.resources.delete(directory.context(), directory.users, ann, ALWAYS);
    Representation after = directory.representation(directory.groups, group.id());
    assertThat(read(after).has("members")).isFalse();
    assertThat(after.etag()).isNotEqualTo(group.etag());
  }

  @Test
  void anUnknownMemberIsRefusedAndNothingIsChanged() {
    String ann = directory.user("ann");
    String group = directory.group("g", ann);
    for (String body : List.of(groupBody("h", ann, "nobody"), groupBody("h", "x".repeat(255)))) {
      assertInvalid(() -> directory.put(directory.groups, group, ALWAYS, body));
      assertInvalid(() -> directory.post(directory.groups, body));
    }
    assertInvalid(() -> directory.patch(directory.groups, group, add("nobody")));
    assertThat(directory.list(directory.groups, "", 1, 9).path("totalResults").intValue()).isOne();
    assertThat(directory.get(directory.groups, group).path("displayName").textValue())
        .isEqualTo("g");
  }

  @Test
  void aMemberOfAnotherTenantIsUnknown() {
    Directory other =
        new Directory(
            directory.storage,
            new org.muster.kernel.TenantId("other"),
            new Limits(100, 1_000, 100_000));
    String stranger = other.user("stranger");
    assertInvalid(() -> directory.group("g", stranger));
  }

  @Test
  void patchAddsAndRemovesMembers() {
    String ann = directory.user("ann");
    String bob = directory.user("bob");
    Representation group = directory.post(directory.groups, groupBody("g", ann));
    Representation added = directory.patch(directory.groups, group.id(), add(bob));
    assertThat(added.etag()).isNotEqualTo(group.etag());
    assertThat(added.etag())
        .isEqualTo(directory.representation(directory.groups, group.id()).etag());
    assertThat(texts(read(added).path("members"), "value")).containsExactlyInAnyOrder(ann, bob);
    Representation again = directory.patch(directory.groups, group.id(), add(bob));
    assertThat(again.etag()).isEqualTo(added.etag());
    directory.patch(
        directory.groups,
        group.id(),
        "{'op':'remove','path':'members[value eq \\'%s\\']'}"
            .formatted(ann)
            .replace("\\'", "\\\""));
    assertThat(texts(directory.get(directory.groups, group.id()).path("members"), "value"))
        .containsExactly(bob);
  }

  @Test
  void patchRemovesMembersByTypeAndName() {
    String ann = directory.user("ann", "'displayName':'Ann'");
    String bob = directory.user("bob", "'displayName':'Bob'");
    String inner = directory.group("inner");
    String group = directory.group("g", ann, bob, inner);
    directory.patch(
        directory.groups, group, "{'op':'remove','path':'members[type eq \\\"Group\\\"]'}");
    assertThat(texts(directory.get(directory.groups, group).path("members"), "value"))
        .containsExactlyInAnyOrder(ann, bob);
    directory.patch(
        directory.groups, group, "{'op':'remove','path':'members[display sw \\\"a\\\"]'}");
    assertThat(texts(directory.get(directory.groups, group).path("members"), "value"))
        .containsExactly(bob);
  }

  @Test
  void aFilterSeesWhatTheSamePatchHasAdded() {
    String ann = directory.user("ann", "'displayName':'Ann'");
    String bob = directory.user("bob", "'displayName':'Bob'");
    String group = directory.group("g");
    directory.patch(
        directory.groups,
        group,
        add(ann),
        add(bob),
        "{'op':'remove','path':'members[display eq \\\"ann\\\"]'}");
    assertThat(texts(directory.get(directory.groups, group).path("members"), "value"))
        .containsExactly(bob);
  }

  @Test
  void membersArePagedByCursor() {
    List<String> users = IntStream.range(0, 25).mapToObj(i -> directory.user("u" + i)).toList();
    String group = directory.group("g", users.toArray(String[]::new));
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = directory.members(group, cursor, 10);
      seen.addAll(texts(page.path("Resources"), "value"));
      assertThat(page.path("itemsPerPage").intValue()).isEqualTo(page.path("Resources").size());
      cursor = page.path("nextCursor").asText("");
    } while (!cursor.isEmpty());
    assertThat(seen).hasSize(25).containsExactlyInAnyOrderElementsOf(users);
    JsonNode whole = directory.members(group, "", 25);
    assertThat(whole.has("nextCursor")).isFalse();
    assertThat(whole.path("totalResults").intValue()).isEqualTo(25);
  }

  @Test
  void cursorsOfAnotherGroupAreRefused() {
    String ann = directory.user("ann");
    String bob = directory.user("bob");
    String first = directory.group("first", ann, bob);
    String second = directory.group("second", ann, bob);
    String cursor = directory.members(first, "", 1).path("nextCursor").textValue();
    assertThat(directory.members(first, cursor, 1).path("Resources")).hasSize(1);
    assertThatThrownBy(() -> directory.members(second, cursor, 1))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_CURSOR));
  }

  @Test
  void onlyListsOfLinksArePaged() {
    String ann = directory.user("ann");
    for (String attribute : List.of("emails", "groups", "nothing", "userName")) {
      assertThatThrownBy(
              () ->
                  directory.resources.members(
                      directory.context(),
                      directory.users,
                      ann,
                      attribute,
                      Optional.empty(),
                      OptionalInt.empty()))
          .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(404));
    }
  }

  @Test
  void moreMembersThanAPageAreAllShown() {
    List<String> users = IntStream.range(0, 2_345).mapToObj(i -> directory.user("u" + i)).toList();
    String group = directory.group("g", users.toArray(String[]::new));
    directory.group("small", users.get(0), users.get(1));
    assertThat(texts(directory.get(directory.groups, group).path("members"), "value"))
        .hasSize(2_345)
        .containsExactlyInAnyOrderElementsOf(users);
    JsonNode listed = directory.list(directory.groups, "", 1, 10).path("Resources");
    assertThat(listed.get(0).path("members")).hasSize(2_345);
    assertThat(listed.get(1).path("members")).hasSize(2);
  }

  private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE))
        .hasMessageContaining("members");
  }
}
