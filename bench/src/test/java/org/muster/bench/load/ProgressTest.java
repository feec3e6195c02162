package org.muster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void lineShowsBarCountAndRate() {
    assertThat(Progress.line("users", 25_000, 100_000, 1234.5))
        .isEqualTo(
            "users              [#######.......................] 25,000 of 100,000, 1,235/s");
  }

  @Test
  void endIsAlwaysTold() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), false, "users", 3, 1);

    progress.advance(2);
    progress.finish();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("] 3 of 3, ").endsWith("/s\n");
  }
}
