package org.muster.rest.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests in the sources of all modules, as Class.method. */
record TestSources(Set<String> tests, Set<String> disabled, Set<String> ambiguous) {
  private static final List<String> MODULES = List.of("persistence", "ejb", "web", "it");
  private static final Pattern METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|RepeatedTest)\\b(.*?)\\bvoid\\s+(\\w+)\\s*\\(",
          Pattern.DOTALL);
  private static final List<String> ENDS = List.of(";\n", "{\n", "}\n", "*/\n");

  static TestSources below(Path root) {
    TestSources sources = new TestSources(new HashSet<>(), new HashSet<>(), new HashSet<>());
    Map<String, Path> files = new HashMap<>();
    for (String module : MODULES) {
      try (Stream<Path> all = Files.walk(root.resolve(module).resolve("src/test/java"))) {
        all.filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.add(file, files));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  private void add(Path file, Map<String, Path> files) {
    String name = file.getFileName().toString().replace(".java", "");
    if (files.putIfAbsent(name, file) != null) {
      ambiguous.add(name);
    }
    String text = read(file);
    int start = text.indexOf("class " + name);
    boolean off = start >= 0 && isDisabled(text.substring(0, start));
    Matcher method = METHOD.matcher(text);
    while (method.find()) {
      String test = name + "." + method.group(2);
      tests.add(test);
      if (off
          || method.group(1).contains("@Disabled")
          || isDisabled(text.substring(0, method.start()))) {
        disabled.add(test);
      }
    }
  }

  /** Whether the annotations at the end of this text switch off what follows. */
  private static boolean isDisabled(String text) {
    int start = 0;
    for (String end : ENDS) {
      start = Math.max(start, text.lastIndexOf(end));
    }
    return text.indexOf("@Disabled", start) >= 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
