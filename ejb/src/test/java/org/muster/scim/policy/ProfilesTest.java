package org.muster.scim.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped profiles, and docs/profiles.md against them. */
class ProfilesTest {
  private static final Path PAGE = Path.of("..", "docs", "profiles.md");

  @Test
  void standardDeviatesInNothingAndLenientInAll() {
    assertThat(ShippedProfiles.all().all()).extracting(Profile::name).doesNotHaveDuplicates();
    assertThat(ShippedProfiles.all().all().get(0)).isSameAs(Profile.STANDARD);
    assertThat(Profile.STANDARD.switches()).isEmpty();
    assertThat(ShippedProfiles.all().named("lenient").orElseThrow().switches())
        .containsExactlyInAnyOrder(Switch.values());
    assertThat(ShippedProfiles.all().all())
        .allSatisfy(each -> assertThat(each.description()).endsWith("."));
  }

  @Test
  void profilesAreFoundByTheirExactNames() {
    assertThat(ShippedProfiles.all().named("entra")).isPresent();
    assertThat(ShippedProfiles.all().named("okta")).isPresent();
    assertThat(ShippedProfiles.all().named("Entra")).isEmpty();
    assertThat(ShippedProfiles.all().named("")).isEmpty();
  }

  @Test
  void wordsNameSwitches() {
    for (Switch each : Switch.values()) {
      assertThat(Switch.of(each.word())).contains(each);
    }
    assertThat(Switch.of("no-such-switch")).isEmpty();
  }

  @Test
  void collectorIsBounded() {
    Coercions heard = new Coercions();
    for (int i = 0; i < 2_000; i++) {
      heard.coerced(Switch.IGNORE_UNKNOWN, i, "");
    }
    assertThat(heard.all()).hasSize(1_000);
  }

  @Test
  void nobodyIsToldOfWhatDidNotHappen() {
    Coercions heard = new Coercions();
    Leniency okta = new Leniency(ShippedProfiles.all().named("okta").orElseThrow(), heard);
    assertThat(okta.coerces(Switch.BOOLEAN_AS_TEXT, "active", "")).isFalse();
    assertThat(heard.all()).isEmpty();
    assertThat(okta.coerces(Switch.IGNORE_READ_ONLY, "id", "ignored")).isTrue();
    assertThat(heard.all()).containsExactly(new Coercion(Switch.IGNORE_READ_ONLY, "id", "ignored"));
  }

  /** The row of a switch: its name, then a cell for each profile but standard. */
  @Test
  void pageHasTheTableOfSwitches() throws IOException {
    String page = Files.readString(PAGE);
    List<Profile> columns = ShippedProfiles.all().all().stream().skip(1).toList();
    StringBuilder head = new StringBuilder("| switch |");
    columns.forEach(profile -> head.append(" `").append(profile.name()).append("` |"));
    assertThat(page).contains(head);
    TreeMap<String, Set<String>> rows = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| \\[`([a-z-]+)`\\]\\(#[a-z-]+\\) \\|(.*)\\|$").matcher(page);
    while (row.find()) {
      String[] cells = row.group(2).split("\\|", -1);
      Set<String> on = new TreeSet<>();
      for (int i = 0; i < columns.size(); i++) {
        if (cells[i].contains("yes")) {
          on.add(columns.get(i).name());
        }
      }
      rows.put(row.group(1), on);
    }
    TreeMap<String, Set<String>> expected = new TreeMap<>();
    for (Switch each : Switch.values()) {
      Set<String> on = new TreeSet<>();
      columns.stream().filter(p -> p.has(each)).forEach(p -> on.add(p.name()));
      expected.put(each.word(), on);
    }
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void pageHasAnExampleOfEachSwitch() throws IOException {
    String page = Files.readString(PAGE);
    Arrays.stream(Switch.values())
        .forEach(
            each ->
                assertThat(page)
                    .containsPattern("(?s)\n### " + each.word() + "\n[^#]*?\n```(json|http)\n"));
  }
}
