package org.muster.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/monitoring.md against the code, and dashboard and alert rules against the page. */
class MonitoringFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path FOLDER = ROOT.resolve("docs/monitoring");
  private static final Pattern MADE = Pattern.compile("withName\\(\"(muster_[a-z_]+)\"\\)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(muster_[a-z_]+)` \\|");
  private static final Pattern USED = Pattern.compile("\\b(muster_[a-z_]+)\\b");
  private static final Pattern OF_TIMER = Pattern.compile("(_seconds)_(count|sum)$");
  private static final Pattern UNIT = Pattern.compile("_(seconds|total)$");

  @TempDir private Path folder;

  @Test
  void everyMetricHasARowAndEveryRowIsAMetric() throws IOException {
    SortedSet<String> made = new TreeSet<>();
    for (String module : new String[] {"persistence", "ejb", "web"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> made.addAll(found(MADE, read(file))));
      }
    }
    assertThat(withoutUnits(documented())).isEqualTo(withoutUnits(made)).hasSizeGreaterThan(10);
  }

  @Test
  void dashboardIsJsonAndUsesWhatIsDocumented() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(read(FOLDER.resolve("grafana-dashboard.json")));
    assertThat(dashboard.path("title").asText()).isEqualTo("Muster");
    List<String> expressions = dashboard.path("panels").findValuesAsText("expr");
    assertThat(expressions).hasSizeGreaterThan(10).doesNotContain("");
    areDocumented(expressions);
    assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
  }

  @Test
  void alertRulesAreYamlAndUseWhatIsDocumented() throws IOException {
    JsonNode rules =
        new YAMLMapper().readTree(read(FOLDER.resolve("alerts.yml"))).at("/groups/0/rules");
    List<String> names = rules.findValuesAsText("alert");
    assertThat(names).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    assertThat(read(ROOT.resolve("docs/monitoring.md"))).contains(names);
    for (JsonNode rule : rules) {
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
    }
    areDocumented(rules.findValuesAsText("expr"));
  }

  @Test
  void promtoolAcceptsTheRulesAndTheyAlarmAsTheyShould() throws Exception {
    Optional<Path> promtool = promtool();
    assumeTrue(promtool.isPresent(), "promtool (Debian: prometheus) is not on the PATH");
    Files.copy(FOLDER.resolve("alerts.yml"), folder.resolve("alerts.yml"));
    Files.copy(
        Path.of("src/test/resources/monitoring/alerts-test.yml"),
        folder.resolve("alerts-test.yml"));
    run(promtool.orElseThrow(), "check", "rules", "alerts.yml");
    run(promtool.orElseThrow(), "test", "rules", "alerts-test.yml");
  }

  private void run(Path program, String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(folder.toFile());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(read(output)).isZero();
  }

  private static Optional<Path> promtool() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
        .map(folder -> Path.of(folder, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void areDocumented(List<String> expressions) {
    SortedSet<String> used = new TreeSet<>();
    for (String expression : expressions) {
      found(USED, expression).forEach(name -> used.add(OF_TIMER.matcher(name).replaceFirst("$1")));
    }
    assertThat(documented()).containsAll(used);
    assertThat(used).hasSizeGreaterThan(5);
  }

  private static SortedSet<String> documented() {
    return found(ROW, read(ROOT.resolve("docs/monitoring.md")));
  }

  private static SortedSet<String> withoutUnits(SortedSet<String> names) {
    SortedSet<String> bare = new TreeSet<>();
    names.forEach(name -> bare.add(UNIT.matcher(name).replaceFirst("")));
    return bare;
  }

  private static SortedSet<String> found(Pattern pattern, String text) {
    SortedSet<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
