package org.muster.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What is put is there, as it was put, until it is voided. */
abstract class EntryContract extends LevelContract {

  @Test
  void nothingIsThereAtFirst() {
    assertThat(level.get(key("a")).entry()).isEmpty();
    assertThat(mark(key("a"))).isNotPositive();
    assertThat(level.exists(key("a"))).isFalse();
    assertThat(level.voidKey(key("a"))).isFalse();
  }

  @Test
  void entryIsReadAsItWasPut() {
    CacheEntry<String> entry =
        new CacheEntry<>(
            Optional.of("value"), Long.MAX_VALUE, new Lifetime(Lifetime.NEVER - 1, 1_000_000));
    assertThat(level.put(key("a"), entry, ALWAYS)).isTrue();
    assertThat(level.get(key("a"))).isEqualTo(Slot.of(entry));
    assertThat(level.exists(key("a"))).isTrue();
  }

  @Test
  void absenceIsAnEntry() {
    CacheEntry<String> absence = absence();
    assertThat(level.put(key("a"), absence, ALWAYS)).isTrue();
    assertThat(level.get(key("a"))).isEqualTo(Slot.of(absence));
    assertThat(level.exists(key("a"))).isTrue();
    assertThat(level.voidKey(key("a"))).isTrue();
    assertThat(level.exists(key("a"))).isFalse();
  }

  @Test
  void emptyValueIsNoAbsence() {
    put("a", "");
    assertThat(level.get(key("a")).entry().orElseThrow().value()).contains("");
  }

  @Test
  void laterPutReplacesTheEntry() {
    put("a", "1");
    put("a", "2");
    assertThat(value("a")).contains("2");
    level.put(key("a"), absence(), ALWAYS);
    assertThat(value("a")).isEmpty();
    put("a", "3");
    assertThat(value("a")).contains("3");
  }

  @Test
  void voidedEntryIsNotServed() {
    put("a", "1");
    put("b", "2");
    assertThat(level.voidKey(key("a"))).isTrue();
    assertThat(value("a")).isEmpty();
    assertThat(level.exists(key("a"))).isFalse();
    assertThat(level.voidKey(key("a"))).isFalse();
    assertThat(value("b")).contains("2");
  }

  @Test
  void voidedKeyTakesAnotherEntry() {
    put("a", "1");
    level.voidKey(key("a"));
    put("a", "2");
    assertThat(value("a")).contains("2");
    assertThat(level.voidKey(key("a"))).isTrue();
  }

  @Test
  void valuesComeBackUnitByUnit(TestReporter reporter) {
    var random = random(reporter);
    for (int length : new int[] {0, 1, 100, 5_000, 60_000}) {
      String value =
          random
              .ints(length, 0, Character.MAX_CODE_POINT + 1)
              .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      put("a", value);
      assertThat(value("a")).contains(value);
    }
  }

  @Test
  void valueOverTheBoundLeavesNoOlderOne() {
    put("a", "1");
    String large = subject().overBound();
    level.put(key("a"), entry(large), ALWAYS);
    assertThat(value("a")).matches(value -> value.isEmpty() || value.get().equals(large));
    put("b", "2");
    assertThat(value("b")).contains("2");
    put("a", "3");
    assertThat(value("a")).contains("3");
  }
}
