package org.muster.rest.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.muster.rest.conformance.Requirement.Kind;

/** Holds docs/conformance.md against the tests of all modules and against itself. */
class ConformancePageTest {
  private static final Path ROOT = Path.of("..");

  /** No line is planned only, unless {@code -Dmuster.ledger.strict=false} allows it. */
  private static final boolean STRICT =
      Boolean.parseBoolean(System.getProperty("muster.ledger.strict", "true"));

  private static final TestSources SOURCES = TestSources.below(ROOT);
  private final Ledger ledger;

  ConformancePageTest() throws IOException {
    ledger = Ledger.read(ROOT.resolve("docs/conformance.md"));
  }

  @Test
  void everyLineOfTheServerNamesItsTests() {
    assertThat(ledger.of(Kind.SERVER))
        .hasSizeGreaterThan(200)
        .allSatisfy(line -> assertThat(line.tests()).as(line.id()).isNotEmpty());
  }

  @Test
  void everyTestThatIsNamedIsThereOnceAndRuns() {
    for (Requirement line : ledger.requirements()) {
      for (String test : line.tests()) {
        assertThat(SOURCES.tests()).as("%s names %s", line.id(), test).contains(test);
        assertThat(SOURCES.disabled()).as(line.id()).doesNotContain(test);
        String type = test.substring(0, test.indexOf('.'));
        assertThat(SOURCES.ambiguous()).as(line.id()).doesNotContain(type);
      }
    }
  }

  @Test
  void everyLineThatIsNotProvenSaysWhereOrWhy() throws IOException {
    for (Requirement line : ledger.requirements()) {
      switch (line.kind()) {
        case SERVER, CLIENT -> {}
        case DIFFERS, NOT_OFFERED, OTHERS, PLANNED ->
            assertThat(line.proof()).as(line.id()).isNotBlank();
        case DOCUMENTED -> {
          String[] place = line.proof().split("#", 2);
          assertThat(place).as(line.id()).hasSize(2);
          assertThat(Files.readString(ROOT.resolve(place[0])).lines())
              .as(line.id())
              .contains("## " + place[1]);
        }
      }
    }
  }

  @Test
  void linesAreInOrderAndNoneIsThereTwice() {
    assertThat(ledger.misplaced()).isEmpty();
    List<Requirement> lines = ledger.requirements();
    for (int i = 1; i < lines.size(); i++) {
      assertThat(Requirement.ORDER.compare(lines.get(i - 1), lines.get(i)))
          .as("%s before %s", lines.get(i - 1).id(), lines.get(i).id())
          .isNegative();
    }
  }

  @Test
  void countsAtTheHeadAreTrue() {
    assertThat(ledger.head()).isEqualTo(ledger.wantedHead());
  }

  @Test
  void whatIsPlannedIsToldAndStrictlyThereIsNone() {
    Map<String, Long> planned =
        ledger.of(Kind.PLANNED).stream()
            .collect(
                Collectors.groupingBy(Requirement::proof, TreeMap::new, Collectors.counting()));
    if (STRICT) {
      assertThat(planned).isEmpty();
    } else if (!planned.isEmpty()) {
      System.out.println("Planned requirements in docs/conformance.md: " + planned);
    }
  }
}
