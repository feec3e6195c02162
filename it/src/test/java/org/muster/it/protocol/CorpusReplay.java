package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.muster.it.ScimClient;

/**
 * Plays a script: {@code {"steps":[{"note","method","path","headers","body","status","save",
 * "assert","standard"}]}}. {@code ${tag}} is a text of this run, {@code ${x}} what a step saved as
 * x. {@code assert} maps JSON pointers to values; null says that nothing is there, {@code $values}
 * which {@code value} the elements have, {@code $size} and {@code $atLeast} how many. {@code
 * standard} says what is different in standard: status and scimType.
 */
final class CorpusReplay {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-zA-Z0-9]+)}");

  private final ScimClient client;
  private final boolean standard;
  private final Map<String, String> saved = new HashMap<>();

  CorpusReplay(ScimClient client, String tag, boolean standard) {
    this.client = client;
    this.standard = standard;
    saved.put("tag", tag);
  }

  void run(JsonNode script) {
    int number = 0;
    for (JsonNode step : script.path("steps")) {
      number++;
      run(step, number + ": " + step.path("note").asText());
    }
    assertThat(number).isPositive();
  }

  private void run(JsonNode step, String name) {
    Answer answer = send(step);
    assertThat(answer.status()).as(name + "\n" + answer.body()).isEqualTo(status(step));
    JsonNode deviation = step.path("standard");
    if (standard && deviation.has("scimType")) {
      Protocol.assertScimError(
          answer, deviation.path("status").asInt(), deviation.path("scimType").asText());
    }
    if (answer.status() >= 400) {
      Protocol.assertScimError(answer, answer.status(), "");
    }
    step.path("save")
        .properties()
        .forEach(
            entry -> {
              if (answer.status() < 300) {
                saved.put(entry.getKey(), answer.text(entry.getValue().asText()));
              }
            });
    if (!standard) {
      step.path("assert")
          .properties()
          .forEach(entry -> check(answer, entry.getKey(), entry.getValue(), name));
    }
  }

  private int status(JsonNode step) {
    int usual = step.path("status").asInt();
    boolean bodiless = usual == 200 && step.path("method").asText().equals("PATCH");
    return standard ? step.path("standard").path("status").asInt(bodiless ? 204 : usual) : usual;
  }

  private Answer send(JsonNode step) {
    ScimClient asked = client;
    for (Map.Entry<String, JsonNode> header : step.path("headers").properties()) {
      asked = asked.with(header.getKey(), header.getValue().asText());
    }
    String method = step.path("method").asText();
    String path = encoded(filled(step.path("path").asText()));
    return new Answer(
        step.has("body")
            ? asked.sendJson(method, path, filled(step.get("body").toString()))
            : asked.send(method, path, BodyPublishers.noBody()));
  }

  private String filled(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(
                saved.getOrDefault(found.group(1), "never-made-" + found.group(1))));
  }

  /** The path with the values of its parameters percent-encoded. */
  private static String encoded(String path) {
    int query = path.indexOf('?');
    if (query < 0) {
      return path;
    }
    List<String> parameters = new ArrayList<>();
    for (String parameter : path.substring(query + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String value = URLEncoder.encode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
      parameters.add(parameter.substring(0, equals + 1) + value.replace("+", "%20"));
    }
    return path.substring(0, query + 1) + String.join("&", parameters);
  }

  private void check(Answer answer, String pointer, JsonNode expected, String name) {
    JsonNode actual = answer.at(pointer);
    String as = name + " " + pointer + "\n" + answer.body();
    if (expected.isNull()) {
      assertThat(actual.isMissingNode()).as(as).isTrue();
    } else if (expected.has("$values")) {
      List<String> values = new ArrayList<>();
      expected.get("$values").forEach(value -> values.add(filled(value.asText())));
      assertThat(actual.findValuesAsText("value"))
          .as(as)
          .containsExactlyInAnyOrderElementsOf(values);
    } else if (expected.has("$size")) {
      assertThat(actual.size()).as(as).isEqualTo(expected.get("$size").asInt());
    } else if (expected.has("$atLeast")) {
      assertThat(actual.asInt(-1)).as(as).isGreaterThanOrEqualTo(expected.get("$atLeast").asInt());
    } else if (expected.isTextual()) {
      assertThat(actual.asText()).as(as).isEqualTo(filled(expected.asText()));
    } else {
      assertThat(actual).as(as).isEqualTo(expected);
    }
  }
}
