package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;

/** RFC 9110 sections 8.8.3 and 13.1. */
class EntityTagsTest {

  @Test
  void absentHeaderIsNoCondition() {
    assertThat(parse(null)).isEqualTo(new Condition.None());
  }

  @Test
  void starIsAnyVersion() {
    assertThat(parse(" * ")).isEqualTo(new Condition.Star());
  }

  @Test
  void weakAndStrongTagsAreReadAlike() {
    assertThat(parse("W/\"1\"")).isEqualTo(tags("1"));
    assertThat(parse("\"1\"")).isEqualTo(tags("1"));
  }

  @Test
  void listsMayHaveSpacesAndEmptyElements() {
    assertThat(parse(" ,W/\"1\" ,, \"2\",\t\"\" ,")).isEqualTo(tags("1", "2", ""));
  }

  @Test
  void commasAndBackslashesBelongToATag() {
    assertThat(parse("\"a,b\\\", \"c\"")).isEqualTo(tags("a,b\\", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "1",
        "W/1",
        "w/\"1\"",
        "W/ \"1\"",
        "\"1",
        "\"1\" \"2\"",
        "\"1\"x",
        "*, \"1\"",
        "\"1\", *",
        "\"a b\"",
        "\"a\tb\"",
        "W/",
        "\"1\"\"2\""
      })
  void malformedHeadersAreRefused(String header) {
    assertThatThrownBy(() -> parse(header))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageStartingWith("If-Match must be");
  }

  @Test
  void resourceIsSentUnlessItsTagIsListed() {
    assertThat(EntityTags.isModified(new Condition.None(), "1")).isTrue();
    assertThat(EntityTags.isModified(tags("2", "3"), "1")).isTrue();
    assertThat(EntityTags.isModified(tags("2", "1"), "1")).isFalse();
    assertThat(EntityTags.isModified(new Condition.Star(), "1")).isFalse();
  }

  @Test
  void writtenTagIsReadBack() {
    assertThat(parse(EntityTags.weak("42-abc"))).isEqualTo(tags("42-abc"));
  }

  private static Condition parse(@Nullable String value) {
    return EntityTags.parse("If-Match", value);
  }

  private static Condition tags(String... opaque) {
    return new Condition.Tags(List.of(opaque));
  }
}
