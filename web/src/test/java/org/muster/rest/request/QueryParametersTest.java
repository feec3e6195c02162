package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;

/** How URLs are read. */
class QueryParametersTest {

  @Test
  void valuesArePercentDecodedAsUtf8() {
    QueryParameters parameters =
        QueryParameters.parse("filter=userName%20eq+%22j%C3%BCrgen%22&%63ount=2");
    assertThat(parameters.text("filter")).contains("userName eq \"jürgen\"");
    assertThat(parameters.number("count")).hasValue(2);
  }

  @Test
  void absentParametersAreEmpty() {
    assertThat(QueryParameters.parse(null).text("filter")).isEmpty();
    assertThat(QueryParameters.parse("a=1").number("count")).isEmpty();
    assertThat(QueryParameters.parse("").list("attributes")).isEmpty();
  }

  @Test
  void emptyValueIsThere() {
    assertThat(QueryParameters.parse("cursor").text("cursor")).contains("");
    assertThat(QueryParameters.parse("&&cursor=&").text("cursor")).contains("");
  }

  @Test
  void equalsSignBelongsToTheValue() {
    assertThat(QueryParameters.parse("cursor=a==").text("cursor")).contains("a==");
  }

  @Test
  void listsAreSplitAtCommasAndJoinedOverOccurrences() {
    assertThat(QueryParameters.parse("attributes=userName,+name.givenName,,&attributes=id%2Cmeta"))
        .extracting(p -> p.list("attributes"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactly("userName", "name.givenName", "id", "meta");
  }

  @Test
  void numbersBeyondAnIntAreBroughtWithinIt() {
    assertThat(QueryParameters.parse("count=99999999999999999999").number("count"))
        .hasValue(Integer.MAX_VALUE);
    assertThat(QueryParameters.parse("count=-99999999999").number("count"))
        .hasValue(Integer.MIN_VALUE);
    assertThat(QueryParameters.parse("count=-5").number("count")).hasValue(-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "1e3", "-", "+", "0x10", " 1", "%D9%A1"})
  void countMustBeAWholeNumber(String value) {
    QueryParameters parameters = QueryParameters.parse("count=" + value.replace(" ", "%20"));
    assertThatThrownBy(() -> parameters.number("count"))
        .isInstanceOf(ScimException.class)
        .hasMessage("The parameter count must be a whole number");
  }

  @Test
  void singleParameterMustNotStandTwice() {
    QueryParameters parameters = QueryParameters.parse("filter=a&filter=b");
    assertThatThrownBy(() -> parameters.text("filter"))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining("only once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "a=%ff", "a=%00", "a=ü", "%c3=1", "a=%ed%a0%80"})
  void malformedUrlsAreRefused(String query) {
    assertThatThrownBy(() -> QueryParameters.parse(query))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void numberOfParametersIsBounded() {
    assertThatThrownBy(() -> QueryParameters.parse("a=1&".repeat(101)))
        .isInstanceOf(ScimException.class);
  }
}
