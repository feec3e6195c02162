package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.rest.error.Failure;

/** RFC 7644 section 3.8, with any charset parameter. */
class MediaTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/scim+json",
        "application/json",
        "Application/JSON",
        "application/scim+json; charset=utf-8",
        "application/json;charset=\"ISO-8859-1\""
      })
  void jsonIsRead(String contentType) {
    assertThatCode(() -> MediaTypes.requireJson(contentType)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/jsonx", "", "*/*"})
  void othersAre415(String contentType) {
    assertThatThrownBy(() -> MediaTypes.requireJson(contentType)).satisfies(t -> is(t, 415));
  }

  @Test
  void bodyWithoutTypeIs415() {
    assertThatThrownBy(() -> MediaTypes.requireJson(null)).satisfies(t -> is(t, 415));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/scim+json",
        "application/json, text/plain",
        "text/html, application/*;q=0.1",
        "APPLICATION/SCIM+JSON; charset=utf-8",
        "text/html,*/*;q=0.8"
      })
  void clientsThatTakeJsonAreServed(String accept) {
    assertThatCode(() -> MediaTypes.requireAcceptable(accept)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml;q=1", "application/json;q=0", "image/*"})
  void othersAre406(String accept) {
    assertThatThrownBy(() -> MediaTypes.requireAcceptable(accept)).satisfies(t -> is(t, 406));
  }

  private static void is(Throwable thrown, int status) {
    assertThat(thrown)
        .asInstanceOf(InstanceOfAssertFactories.type(Failure.Refusal.class))
        .extracting(r -> r.failure().status())
        .isEqualTo(status);
  }
}
