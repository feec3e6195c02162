package org.muster.rest.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.rest.request.QueryParameters;
import org.muster.scim.ScimException;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.ListRequest;
import org.muster.storage.JsonDocument;

/** RFC 7644 sections 3.4.2 and 3.4.3. */
class ListRequestsTest {
  private static final String SCHEMAS =
      "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]";

  @Test
  void urlAndBodySayTheSame() {
    ListRequest expected =
        new ListRequest(
            Optional.of("userName pr"),
            Optional.of("userName"),
            true,
            OptionalInt.of(-1),
            OptionalInt.of(0),
            Optional.of(""),
            new Selection(List.of("userName", "emails"), List.of("groups")));
    assertThat(
            ListRequests.of(
                QueryParameters.parse(
                    "filter=userName+pr&sortBy=userName&sortOrder=Descending&startIndex=-1&count=0"
                        + "&cursor&attributes=userName,emails&excludedAttributes=groups")))
        .isEqualTo(expected);
    assertThat(
            search(
                "\"filter\":\"userName pr\",\"sortBy\":\"userName\",\"SORTORDER\":\"descending\","
                    + "\"startIndex\":-1,\"count\":0,\"cursor\":\"\","
                    + "\"attributes\":[\"userName\",\"emails\"],"
                    + "\"excludedAttributes\":[\"groups\"]"))
        .isEqualTo(expected);
  }

  @Test
  void nothingSaidIsTheDefault() {
    ListRequest plain =
        new ListRequest(
            Optional.empty(),
            Optional.empty(),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Selection.DEFAULT);
    assertThat(ListRequests.of(QueryParameters.parse(null))).isEqualTo(plain);
    assertThat(search("\"filter\":null")).isEqualTo(plain);
  }

  @Test
  void numbersBeyondAnIntAreBroughtWithinIt() {
    assertThat(search("\"count\":99999999999999999999").count()).hasValue(Integer.MAX_VALUE);
    assertThat(search("\"count\":-99999999999").count()).hasValue(Integer.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"filter\":1",
        "\"count\":\"1\"",
        "\"count\":1.5",
        "\"startIndex\":true",
        "\"attributes\":\"userName\"",
        "\"attributes\":[1]",
        "\"excludedAttributes\":{}",
        "\"sortOrder\":\"up\"",
        "\"sortOrder\":[]",
        "\"cursor\":0"
      })
  void wrongTypesAreInvalidValues(String members) {
    assertThatThrownBy(() -> search(members))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE));
  }

  @Test
  void bodyMustBeASearchRequest() {
    assertThatThrownBy(() -> ListRequests.of(json("{\"schemas\":[\"urn:other\"]}")))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_SYNTAX));
    assertThatThrownBy(() -> ListRequests.of(json("{}"))).isInstanceOf(ScimException.class);
  }

  private static ListRequest search(String members) {
    return ListRequests.of(json("{" + SCHEMAS + "," + members + "}"));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
