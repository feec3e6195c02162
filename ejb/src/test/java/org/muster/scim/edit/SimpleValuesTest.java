package org.muster.scim.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.scim.edit.Samples.DEVICE;
import static org.muster.scim.edit.Samples.device;
import static org.muster.scim.edit.Samples.failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.storage.Keys;

/** Data types (RFC 7643 section 2.3). */
class SimpleValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "weight      | 1                            | 1",
        "weight      | -0.5                         | -0.5",
        "weight      | 1.50                         | 1.5",
        "weight      | 2.0                          | 2",
        "weight      | 1e3                          | 1000",
        "weight      | 9223372036854775808          | 9223372036854775808",
        "ports       | 0                            | 0",
        "ports       | -9223372036854775808         | -9223372036854775808",
        "ports       | 9223372036854775807          | 9223372036854775807",
        "bought      | '2008-01-23T04:56:22Z'       | '2008-01-23T04:56:22Z'",
        "bought      | '2008-01-23T04:56:22.123456789+14:00' "
            + "                                     | '2008-01-23T04:56:22.123456789+14:00'",
        "bought      | '2008-01-23T04:56:22'        | '2008-01-23T04:56:22'",
        "bought      | '2024-02-29T00:00:00-01:30'  | '2024-02-29T00:00:00-01:30'",
        "certificate | ''                           | ''",
        "certificate | 'Zm8='                       | 'Zm8='",
        "certificate | 'Zm8'                        | 'Zm8'",
        "certificate | 'Zg=='                       | 'Zg=='",
        "certificate | '+/+/'                       | '+/+/'",
        "certificate | '-_-_'                       | '-_-_'",
        "manual      | 'https://example.com/a?b#c'  | 'https://example.com/a?b#c'",
        "manual      | 'Users/2819c223'             | 'Users/2819c223'",
        "manual      | '../Users'                   | '../Users'",
        "manual      | 'urn:example:x'              | 'urn:example:x'",
        "rugged      | true                         | true",
        "rugged      | false                        | false",
        "label       | 'ünï 😀'                      | 'ünï 😀'",
      })
  void aValueOfTheTypeIsKept(String name, String value, String kept) {
    assertThat(read(name, value)).isEqualTo(kept.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "weight      | '1'",
        "weight      | true",
        "weight      | 1e400",
        "weight      | 1e-402",
        "weight      | 1e999999999",
        "weight      | 1e-999999999",
        "ports       | 1.0",
        "ports       | 1e3",
        "ports       | 1.5",
        "ports       | '1'",
        "ports       | false",
        "ports       | 9223372036854775808",
        "ports       | -9223372036854775809",
        "bought      | 1201064182",
        "bought      | ''",
        "bought      | '2008-01-23'",
        "bought      | '04:56:22'",
        "bought      | '2008-01-23 04:56:22Z'",
        "bought      | '2008-01-23T04:56Z'",
        "bought      | '2008-01-23t04:56:22z'",
        "bought      | '2008-13-23T04:56:22Z'",
        "bought      | '2023-02-29T04:56:22Z'",
        "bought      | '2008-01-23T25:56:22Z'",
        "bought      | '2008-01-23T04:56:22+0100'",
        "bought      | '2008-01-23T04:56:22+19:00'",
        "bought      | '2008-01-23T04:56:22.1234567890Z'",
        "bought      | '+12008-01-23T04:56:22Z'",
        "bought      | '2008-01-23T04:56:22Z '",
        "certificate | 'A'",
        "certificate | 'AAAAA'",
        "certificate | 'Zm8=='",
        "certificate | 'Zg='",
        "certificate | 'Z==='",
        "certificate | '='",
        "certificate | '===='",
        "certificate | 'Zm9v='",
        "certificate | 'Zm 8='",
        "certificate | 'Zm8=\\n'",
        "certificate | 'Zm=8'",
        "certificate | '+_AA'",
        "certificate | 'Zmüü'",
        "certificate | 7",
        "manual      | 'a b'",
        "manual      | '%'",
        "manual      | 'http://[1'",
        "manual      | ':'",
        "rugged      | 'True'",
        "rugged      | 0",
        "label       | 0",
      })
  void anotherValueIsInvalid(String name, String value) {
    var failure = failure(() -> read(name, value));
    assertThat(failure.type().orElseThrow().keyword()).isEqualTo("invalidValue");
    assertThat(failure).hasMessageStartingWith(name + " must be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e399", "-1e399", "1e-401", "0.0", "0e9", "9e399"})
  void everyDecimalThatIsKeptCanBeSorted(String number) {
    Samples.json(read("weight", number)).decimalValue();
    assertThat(Keys.number(Samples.json(read("weight", number)).decimalValue())).isNotEmpty();
  }

  @Test
  void aDecimalHasAtMostFourHundredDigits() {
    assertThat(read("weight", "1." + "3".repeat(397))).hasSize(399);
    var failure = failure(() -> read("weight", "1e400".replace("e", ".5e")));
    assertThat(failure).hasMessageContaining("400 digits");
  }

  private static String read(String name, String value) {
    return ResourceValidation.create(DEVICE, device("'" + name + "': " + value))
        .document()
        .get(name)
        .toString();
  }
}
