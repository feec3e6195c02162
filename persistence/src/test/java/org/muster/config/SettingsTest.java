package org.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Settings settings = of(Map.of("a", " 7 ", "b", "blue", "c", "TRUE", "blank", " "));

  @Test
  void whatIsNotSetHasItsDefault() {
    assertThat(settings.number("none", 1, 9, 5)).isEqualTo(5);
    assertThat(settings.choice("blank", List.of("x"), "x")).isEqualTo("x");
    assertThat(settings.flag("none", true)).isTrue();
    assertThat(settings.text("blank")).isEmpty();
  }

  @Test
  void whatIsSetCounts() {
    assertThat(settings.number("a", 7, 7, 1)).isEqualTo(7);
    assertThat(settings.choice("b", List.of("red", "blue"), "red")).isEqualTo("blue");
    assertThat(settings.flag("c", false)).isTrue();
  }

  @Test
  void aBadValueIsNamedWithItsKeyAndWhatIsAllowed() {
    assertThatThrownBy(() -> settings.number("b", 1, 9, 5))
        .hasMessage("b=blue is not allowed; it must be a whole number from 1 to 9");
    assertThatThrownBy(() -> settings.number("a", 8, 9, 8))
        .hasMessage("a=7 is not allowed; it must be a whole number from 8 to 9");
    assertThatThrownBy(() -> settings.choice("b", List.of("red", "green"), "red"))
        .hasMessage("b=blue is not allowed; it must be one of red, green");
    assertThatThrownBy(() -> settings.flag("a", false))
        .hasMessage("a=7 is not allowed; it must be true or false");
  }

  private static Settings of(Map<String, String> values) {
    return new Settings(key -> Optional.ofNullable(values.get(key)));
  }
}
