package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.it.Instance;
import org.muster.it.ScimClient;

/**
 * What identity providers send, request by request: answered under their profile as they expect,
 * and in standard with the RFC's error where they deviate. The scripts in {@code corpus/} are
 * written for this project from what the providers document.
 */
class ProfileCorpusIT extends Protocol {
  private static final Path CORPUS = Instance.root().resolve("it/src/test/resources/corpus");
  private static final Map<String, ScimClient> TENANTS = new HashMap<>();

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> CORPUS.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptIsAnsweredAsItsProfileSays(String script) {
    String profile = Path.of(script).getName(0).toString();
    ScimClient client = TENANTS.computeIfAbsent(profile, ProfileCorpusIT::tenant);
    new CorpusReplay(client, unique("c"), false).run(read(script));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void standardAnswersAsTheRfcSays(String script) {
    new CorpusReplay(server().client(), unique("c"), true).run(read(script));
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "lenient"})
  void pageTellsHowManyRequestsThereAre(String profile) throws IOException {
    int requests = 0;
    int refused = 0;
    List<String> own = scripts().stream().filter(s -> s.startsWith(profile + "/")).toList();
    for (String script : own) {
      for (JsonNode step : read(script).path("steps")) {
        requests++;
        boolean accepted = step.path("status").asInt() < 400;
        refused += accepted && step.path("standard").has("scimType") ? 1 : 0;
      }
    }
    String page = Files.readString(Instance.root().resolve("docs/profiles.md"));
    assertThat(page)
        .contains("| `%s` | %d | %d | %d |".formatted(profile, own.size(), requests, refused));
  }

  @Test
  void corporaAreLargeEnough() throws IOException {
    Map<String, Integer> requests = new HashMap<>();
    for (String script : scripts()) {
      requests.merge(
          Path.of(script).getName(0).toString(), read(script).path("steps").size(), Integer::sum);
    }
    assertThat(requests.get("entra")).isGreaterThanOrEqualTo(60);
    assertThat(requests.get("okta")).isGreaterThanOrEqualTo(40);
  }

  private static ScimClient tenant(String profile) {
    return OwnTenant.create(server(), unique(profile), "\"profile\":\"" + profile + "\"").scim();
  }

  private static JsonNode read(String script) {
    try {
      return new ObjectMapper().readTree(CORPUS.resolve(script).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(script, e);
    }
  }
}
