package org.muster.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.muster.rest.request.Preferences.Result;

/** RFC 7240. */
class PreferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return=minimal | MINIMAL | false |",
        "return=representation | REPRESENTATION | false |",
        "RETURN = \"Minimal\" | MINIMAL | false |",
        "foo; bar, return=minimal; x=y, respond-async | MINIMAL | true |",
        "respond-async, wait=10 | | true | 10",
        "wait=\"7\"; x, respond-async, wait=3 | | true | 7",
        "wait=-1, respond-async | | true |",
        "wait=9999999999999999999999, wait=soon | | false |",
        "wait | | false |",
        "Respond-Async=anything | | true |",
        "return=minimal, return=minimal | MINIMAL | false |",
        "return=minimal, return=representation | | false |",
        "return=other | | false |",
        "return | | false |",
        ",;=\",== | | false |",
      })
  void knownPreferencesAreFoundAndOthersIgnored(
      String header, Result result, boolean async, Integer wait) {
    assertThat(Preferences.parse(header))
        .isEqualTo(
            new Preferences(
                Optional.ofNullable(result),
                async,
                Optional.ofNullable(wait).map(Duration::ofSeconds)));
  }

  @Test
  void nothingIsPreferredWithoutAHeader() {
    assertThat(Preferences.parse(null))
        .isEqualTo(new Preferences(Optional.empty(), false, Optional.empty()));
  }
}
