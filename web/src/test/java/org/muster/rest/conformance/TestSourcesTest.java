package org.muster.rest.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSourcesTest {
  private static final String OFF = "@" + "Disabled(\"later (maybe; who knows)\")\n";
  private static final String ON = "@" + "Test\n";

  @TempDir Path root = Path.of("");

  private TestSources sources(String one, String two) throws IOException {
    for (String module : new String[] {"persistence", "ejb", "web", "it"}) {
      Files.createDirectories(root.resolve(module).resolve("src/test/java/a"));
    }
    Files.writeString(root.resolve("it/src/test/java/a/OneIT.java"), one);
    Files.writeString(root.resolve("ejb/src/test/java/a/TwoTest.java"), two);
    return TestSources.below(root);
  }

  @Test
  void testsOfAllKindsAndModulesAreFoundAndHelpersAreNot() throws IOException {
    TestSources sources =
        sources(
            "class OneIT {\n  " + ON + "  void plain() {\n  }\n\n  void helper() {\n  }\n}\n",
            "class TwoTest {\n  @"
                + "ParameterizedTest\n  @ValueSource(strings = {\"a\", \"b\"})\n"
                + "  void each(String it) {\n  }\n}\n");
    assertThat(sources.tests()).containsExactlyInAnyOrder("OneIT.plain", "TwoTest.each");
    assertThat(sources.disabled()).isEmpty();
    assertThat(sources.ambiguous()).isEmpty();
  }

  @Test
  void whatIsSwitchedOffIsKnown() throws IOException {
    TestSources sources =
        sources(
            "/** One. */\n" + OFF + "final class OneIT {\n  " + ON + "  void any() {\n  }\n}\n",
            "class TwoTest {\n  "
                + ON
                + OFF
                + "  void behind() {\n  }\n\n  "
                + OFF
                + ON
                + "  void before() {\n  }\n\n  "
                + ON
                + "  void on() {\n  }\n}\n");
    assertThat(sources.disabled())
        .containsExactlyInAnyOrder("OneIT.any", "TwoTest.behind", "TwoTest.before");
  }

  @Test
  void classesOfOneNameCanNotBeToldApart() throws IOException {
    sources("class OneIT {\n}\n", "class TwoTest {\n}\n");
    Files.writeString(root.resolve("web/src/test/java/a/TwoTest.java"), "class TwoTest {\n}\n");
    assertThat(TestSources.below(root).ambiguous()).containsExactly("TwoTest");
  }
}
