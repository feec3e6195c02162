package org.muster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path folder;

  @Test
  void remembersAcrossRuns() throws IOException {
    Path file = folder.resolve("loaded.tsv");
    try (Ledger ledger = new Ledger(file)) {
      assertThat(ledger.isEmpty()).isTrue();
      ledger.add("ann", "1");
    }
    try (Ledger ledger = new Ledger(file)) {
      ledger.add("bob", "2");
      ledger.add("ann", "3");
    }
    try (Ledger ledger = new Ledger(file)) {
      assertThat(ledger.id("ann")).isEqualTo("3");
      assertThat(ledger.mustHave("bob")).isEqualTo("2");
    }
  }

  @Test
  void lineThatWasCutOffIsDropped() throws IOException {
    Path file = folder.resolve("loaded.tsv");
    Files.writeString(file, "ann\t1\nbob\t12");

    try (Ledger ledger = new Ledger(file)) {
      assertThat(ledger.id("bob")).isNull();
      ledger.add("bob", "1234");
    }

    assertThat(file).hasContent("ann\t1\nbob\t1234\n");
  }

  @Test
  void missingNameIsToldByName() throws IOException {
    try (Ledger ledger = new Ledger(folder.resolve("loaded.tsv"))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> ledger.mustHave("eve"))
          .withMessageContaining("eve");
    }
  }
}
