package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.ENTERPRISE;
import static org.muster.scim.edit.Samples.GROUP;
import static org.muster.scim.edit.Samples.TAG_URN;
import static org.muster.scim.edit.Samples.USER;
import static org.muster.scim.edit.Samples.device;
import static org.muster.scim.edit.Samples.failure;
import static org.muster.scim.edit.Samples.group;
import static org.muster.scim.edit.Samples.object;
import static org.muster.scim.edit.Samples.scimType;
import static org.muster.scim.edit.Samples.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;

/** PUT bodies (RFC 7644 section 3.5.1). */
class ReplaceTest {
  @Test
  void whatIsAbsentIsCleared() {
    ObjectNode current =
        user("'title': 'a', 'name': {'givenName': 'A'}, '" + ENTERPRISE + "': {'division': 'd'}");
    Edit edit = ResourceValidation.replace(USER, current, user("'nickName': 'n'"));
    assertThat(edit.document()).isEqualTo(user("'nickName': 'n'"));
    assertThat(edit.documentChanged()).isTrue();
    assertThat(current.has("title")).isTrue();
  }

  @Test
  void theSameBodyChangesNothing() {
    ObjectNode current =
        ResourceValidation.create(
                DEVICE, device("'weight': 2.50, 'ports': 3, 'sizes': [1.0, 10000000000000000000]"))
            .document();
    ObjectNode body =
        object(
            "{'keeper': {'value': 'u2'}, 'SIZES': [1, 1e19], 'ports': 3, 'weight': 2.5, 'pin': '1',"
                + " 'state': 'x', 'id': 'x', 'urn:example:Tag': {'number': '7'}, 'serial': 's1',"
                + " 'schemas': ['urn:example:Device']}");
    Edit edit = ResourceValidation.replace(DEVICE, current, body);
    assertThat(edit.documentChanged()).isFalse();
    assertThat(edit.secrets()).isEqualTo(Map.of("pin", Optional.of("1")));
  }

  @Test
  void theOrderOfValuesCounts() {
    Edit edit =
        ResourceValidation.replace(
            DEVICE,
            ResourceValidation.create(DEVICE, device("'tags': ['a', 'b']")).document(),
            device("'tags': ['b', 'a']"));
    assertThat(edit.documentChanged()).isTrue();
  }

  @Test
  void linksAreAlwaysReplaced() {
    Edit absent = ResourceValidation.replace(GROUP, group(""), group(""));
    assertThat(replace(absent).values()).isEmpty();
    assertThat(absent.documentChanged()).isFalse();
    Edit empty = ResourceValidation.replace(GROUP, group(""), group("'members': []"));
    assertThat(replace(empty).values()).isEmpty();
    Edit given = ResourceValidation.replace(GROUP, group(""), group("'members': [{'value': 'a'}]"));
    assertThat(replace(given).values()).containsExactly(new LinkValue("a", Optional.empty()));
    Edit manager = ResourceValidation.replace(USER, user(""), user(""));
    assertThat(replace(manager).attribute()).hasToString(ENTERPRISE + ":manager");
    assertThat(replace(manager).values()).isEmpty();
  }

  private static LinkEdit.Replace replace(Edit edit) {
    assertThat(edit.links()).hasSize(1);
    return (LinkEdit.Replace) edit.links().get(0);
  }

  @Test
  void aPasswordStaysUnlessTheBodySpeaksOfIt() {
    assertThat(ResourceValidation.replace(USER, user(""), user("")).secrets()).isEmpty();
    assertThat(ResourceValidation.replace(USER, user(""), user("'password': 'p'")).secrets())
        .isEqualTo(Map.of("password", Optional.of("p")));
    assertThat(ResourceValidation.replace(USER, user(""), user("'password': null")).secrets())
        .isEqualTo(Map.of("password", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'serial': 's2'                              | serial",
        "'codes': ['a']                              | codes",
        "'codes': ['a', 'b', 'c']                    | codes",
        "'maker': {'name': 'm', 'country': 'DE'}     | maker.country",
        "'urn:example:Tag': {'number': '7', 'printed': 'no'} | urn:example:Tag:printed",
      })
  void anotherValueOfWhatIsImmutableIsRefused(String members, String path) {
    ObjectNode body = device("");
    body.setAll(object("{" + members + "}"));
    var failure = failure(() -> ResourceValidation.replace(DEVICE, immutables(), body));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("mutability");
    assertThat(failure).hasMessageStartingWith(path + " ");
  }

  @Test
  void theSameValueOfWhatIsImmutableIsAccepted() {
    ObjectNode body = device("'codes': ['b', 'a'], 'maker': {'name': 'n', 'country': 'CH'}");
    body.set(TAG_URN, object("{'number': '8', 'printed': 'yes'}"));
    assertThat(ResourceValidation.replace(DEVICE, immutables(), body).document().get("maker"))
        .isEqualTo(object("{'name': 'n', 'country': 'CH'}"));
  }

  @Test
  void whatIsImmutableStaysWhenAbsent() {
    ObjectNode body =
        object(
            "{'schemas': ['urn:example:Device'], 'keeper': {'value': 'u'},"
                + " 'maker': {'name': 'n'}, 'urn:example:Tag': {'number': '8'}}");
    Edit edit = ResourceValidation.replace(DEVICE, immutables(), body);
    ObjectNode expected = immutables();
    expected.withObject("/maker").put("name", "n");
    expected.withObject("/urn:example:Tag").put("number", "8");
    assertThat(edit.document()).isEqualTo(expected);
    edit.document().withArray("codes").removeAll();
    assertThat(expected.withArray("codes")).hasSize(2);
  }

  @Test
  void anImmutableValueKeepsItsExtension() {
    ObjectNode current = ResourceValidation.create(DEVICE, device("")).document();
    current.set("urn:example:Site", object("{'fixed': 'f', 'room': 'r'}"));
    current.withArray("schemas").add("urn:example:Site");
    Edit edit = ResourceValidation.replace(DEVICE, current, device(""));
    assertThat(edit.document().get("urn:example:Site")).isEqualTo(object("{'fixed': 'f'}"));
    assertThat(edit.document().get("schemas")).isEqualTo(current.get("schemas"));
  }

  @Test
  void whatIsImmutableMayBeSetLater() {
    ObjectNode current = ResourceValidation.create(DEVICE, device("")).document();
    ObjectNode body = device("'codes': ['x'], 'maker': {'name': 'n', 'country': 'FR'}");
    assertThat(ResourceValidation.replace(DEVICE, current, body).document().get("codes"))
        .hasSize(1);
  }

  @Test
  void anImmutableLinkIsOnlyAdded() {
    ObjectNode current = ResourceValidation.create(DEVICE, device("")).document();
    List<LinkEdit> silent = ResourceValidation.replace(DEVICE, current, device("")).links();
    assertThat(silent)
        .extracting(link -> link.attribute().toString())
        .containsExactly("keeper", "urn:example:Site:host", "urn:example:Lease:lessor");
    Edit given = ResourceValidation.replace(DEVICE, current, device("'origin': {'value': 'd'}"));
    assertThat(given.links().get(1)).isInstanceOf(LinkEdit.Add.class);
  }

  @Test
  void requiredAttributesMustBeThere() {
    ObjectNode body = object("{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User']}");
    assertThat(scimType(() -> ResourceValidation.replace(USER, user(""), body)))
        .isEqualTo("invalidValue");
    ObjectNode noKeeper = device("");
    noKeeper.remove("keeper");
    assertThat(scimType(() -> ResourceValidation.replace(DEVICE, immutables(), noKeeper)))
        .isEqualTo("invalidValue");
  }

  private static ObjectNode immutables() {
    ObjectNode stored = device("'codes': ['a', 'b'], 'maker': {'name': 'm', 'country': 'CH'}");
    stored.remove("keeper");
    stored.withArray("schemas").add(TAG_URN);
    stored.set(TAG_URN, object("{'number': '7', 'printed': 'yes'}"));
    return stored;
  }
}
