package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.resource.Directory.ENTERPRISE;
import static org.muster.scim.resource.Directory.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.scim.projection.Selection;

/** Lists in every order that RFC 7644 section 3.4.2.3 knows, by index and by cursor. */
class SortTest {
  private final Directory directory = new Directory();

  private void people() {
    directory.user(
        "Ben",
        "'title':'b'",
        "'name':{'familyName':'Über'}",
        "'emails':[{'value':'z@x','type':'work'},{'value':'b@x','primary':true,'type':'other'}]",
        "'phoneNumbers':[{'value':'tel:9'},{'value':'tel:2','primary':true}]",
        "'externalId':'b'",
        "'active':true",
        "'" + ENTERPRISE + "':{'department':'b','employeeNumber':'2'}");
    directory.user(
        "ann",
        "'title':'A'",
        "'name':{'familyName':'straße'}",
        "'emails':[{'value':'C@x','type':'home'},{'value':'a@x','type':'work'}]",
        "'phoneNumbers':[{'value':'tel:1'},{'value':'tel:8'}]",
        "'externalId':'A'",
        "'active':false",
        "'" + ENTERPRISE + "':{'department':'A','employeeNumber':'10'}");
    directory.user(
        "Carl",
        "'title':'c'",
        "'name':{'familyName':'STRASSEN'}",
        "'emails':[{'value':'a@y','type':'x'}]",
        "'externalId':'a'",
        "'" + ENTERPRISE + "':{'employeeNumber':'3'}");
    directory.user("dan");
  }

  @ParameterizedTest
  @CsvSource({
    "userName, ann Ben Carl dan, dan Carl Ben ann",
    "title, ann Ben Carl dan, dan Carl Ben ann",
    "externalId, ann Carl Ben dan, dan Ben Carl ann",
    "emails, Carl Ben ann dan, dan ann Ben Carl",
    "EMAILS.value, Carl Ben ann dan, dan ann Ben Carl",
    "emails.type, ann Ben Carl dan, dan Carl Ben ann",
    "phoneNumbers, ann Ben Carl dan, Carl dan Ben ann",
    "phoneNumbers.value, ann Ben Carl dan, Carl dan Ben ann",
    "name.familyName, ann Carl Ben dan, dan Ben Carl ann",
    "active, ann Ben Carl dan, Carl dan Ben ann",
    "emails.primary, Ben ann Carl dan, ann Carl dan Ben",
    "meta.resourceType, Ben ann Carl dan, Ben ann Carl dan",
    "meta.location, Ben ann Carl dan, dan Carl ann Ben",
    "id, Ben ann Carl dan, dan Carl ann Ben",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department, ann Ben Carl dan, Carl dan Ben ann",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber, ann Ben Carl dan, dan Carl Ben ann",
    "urn:ietf:params:scim:schemas:core:2.0:User:userName, ann Ben Carl dan, dan Carl Ben ann",
  })
  void everyAttributeOrdersBothWaysByIndexAndByCursor(
      String sortBy, String ascending, String descending) {
    people();
    for (boolean backwards : List.of(false, true)) {
      List<String> expected = List.of((backwards ? descending : ascending).split(" ", -1));
      assertThat(byIndex(sortBy, backwards)).isEqualTo(expected);
      assertThat(byCursor(sortBy, backwards)).isEqualTo(expected);
    }
  }

  private List<String> byIndex(String sortBy, boolean descending) {
    List<String> names = new ArrayList<>();
    for (int start = 1; start <= 5; start += 2) {
      ObjectNode page =
          directory.list(
              directory.users,
              request(sortBy, descending, OptionalInt.of(start), Optional.empty()));
      names.addAll(texts(page.path("Resources"), "userName"));
    }
    return names;
  }

  private List<String> byCursor(String sortBy, boolean descending) {
    List<String> names = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      ObjectNode page =
          directory.list(directory.users, request(sortBy, descending, OptionalInt.empty(), cursor));
      names.addAll(texts(page.path("Resources"), "userName"));
      cursor = Optional.ofNullable(page.path("nextCursor").textValue());
    }
    return names;
  }

  private static ListRequest request(
      String sortBy, boolean descending, OptionalInt startIndex, Optional<String> cursor) {
    return new ListRequest(
        Optional.empty(),
        Optional.of(sortBy),
        descending,
        startIndex,
        OptionalInt.of(2),
        cursor,
        Selection.DEFAULT);
  }

  @Test
  void walkMissesAndRepeatsNobodyWhoseKeyStays() {
    for (int i = 10; i < 30; i++) {
      directory.user("u" + i, "'emails':[{'value':'x'},{'value':'" + i % 4 + "','primary':true}]");
    }
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    int more = 30;
    while (cursor.isPresent()) {
      ObjectNode page =
          directory.list(directory.users, request("emails", false, OptionalInt.empty(), cursor));
      seen.addAll(texts(page.path("Resources"), "userName"));
      cursor = Optional.ofNullable(page.path("nextCursor").textValue());
      directory.user("n" + more, "'emails':[{'value':'" + more++ % 5 + "'}]");
    }
    seen.removeIf(name -> name.startsWith("n"));
    assertThat(seen).hasSize(20).doesNotHaveDuplicates();
  }
}
