package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.rest.exchange.Target;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.security.Caller;

/** RFC 7644 section 3.11: the location of what /Me stands for. */
class MeLocationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"/scim/v2/Me", "/t/acme/scim/v2/Me", "/scim/v2/Me/members", "/scim/v2/M%65"})
  void pathIsOfMe(String path) {
    assertThat(MeLocation.isMe(Target.of(path))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/scim/v2/me",
        "/scim/v2/Meals",
        "/scim/v2",
        "/scim/v2/Users/Me",
        "/scim/v2/%zz",
        "/scim/Me",
        "/Me",
        "/"
      })
  void pathIsOfSomethingElse(String path) {
    assertThat(MeLocation.isMe(Target.of(path))).isFalse();
  }

  @Test
  void locationIsThatOfTheUser() {
    assertThat(of(Optional.of("2819c223-7f76"))).contains("https://x/scim/v2/Users/2819c223-7f76");
    assertThat(of(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\r\nX: y", "a/../b", "bulkId:1", "\u00e4", "a?b", ".search"})
  void subjectThatCanBeNoIdHasNone(String subject) {
    assertThat(of(Optional.of(subject))).isEmpty();
  }

  private static Optional<String> of(Optional<String> subject) {
    Caller caller = new Caller("t", TenantId.DEFAULT, subject, Set.of());
    return MeLocation.of(caller, "https://x/scim/v2", new BuiltInResourceTypes());
  }
}
