package org.muster.rest.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;

class SegmentsTest {
  @Test
  void pathIsTakenApartAtItsSlashes() {
    assertThat(Segments.of("")).isEmpty();
    assertThat(Segments.of("/")).isEmpty();
    assertThat(Segments.of("/Users")).containsExactly("Users");
    assertThat(Segments.of("/Users/")).containsExactly("Users");
    assertThat(Segments.of("/Users/1/members")).containsExactly("Users", "1", "members");
  }

  @Test
  void emptySegmentIsOne() {
    assertThat(Segments.of("//Users")).containsExactly("", "Users");
    assertThat(Segments.of("/Users//")).containsExactly("Users", "");
  }

  @Test
  void parametersAreIgnored() {
    assertThat(Segments.of("/Users;a=b/1;c/members")).containsExactly("Users", "1", "members");
    assertThat(Segments.of("/Users;a=b")).containsExactly("Users");
    assertThat(Segments.of("/Users/1%3Bc")).containsExactly("Users", "1;c");
  }

  @Test
  void segmentIsDecodedForItself() {
    assertThat(Segments.of("/Users/a%2Fb+c")).containsExactly("Users", "a/b+c");
    assertThat(Segments.of("/Users/%C3%A9t%c3%a9%25")).containsExactly("Users", "été%");
    assertThat(Segments.of("/Schemas/urn%3Aa:b")).containsExactly("Schemas", "urn:a:b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/%", "/a%2", "/%zz", "/%ff", "/%c0%af", "/%C3", "/%-1", "/%\u0661\u0661"})
  void malformedEncodingIsRefused(String path) {
    assertThatThrownBy(() -> Segments.of(path))
        .isInstanceOfSatisfying(
            ScimException.class, refused -> assertThat(refused.status()).isEqualTo(400));
  }
}
