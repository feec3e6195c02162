package org.muster.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md against the code and the launcher. */
class ConfigurationPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern KEY = Pattern.compile("\"(muster\\.[a-z][a-z.<>-]*)\"");
  private static final Pattern VARIABLE = Pattern.compile("\\b(MUSTER_[A-Z_]*[A-Z])\\b");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z._<>-]+)` \\|");

  @Test
  void everyKeyAndVariableHasARowAndEveryRowIsUsed() throws IOException {
    SortedSet<String> used = new TreeSet<>();
    for (String module : new String[] {"persistence", "ejb", "web"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> find(KEY, read(file), used));
      }
    }
    find(VARIABLE, read(ROOT.resolve("muster")), used);
    SortedSet<String> documented = new TreeSet<>();
    find(ROW, read(ROOT.resolve("docs/configuration.md")), documented);
    assertThat(documented).isEqualTo(used).hasSizeGreaterThan(20);
  }

  private static void find(Pattern pattern, String text, SortedSet<String> into) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      into.add(matcher.group(1));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
