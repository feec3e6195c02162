package org.muster.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.muster.bench.measure.Figures;

/** Results as JSON, to compare runs by program; what was not measured is null. */
public final class Json {
  private Json() {}

  public static String of(Results results, int cores) {
    List<String> scenarios = new ArrayList<>();
    results.figures().forEach(figures -> scenarios.add(scenario(figures, cores)));
    List<String> targets = new ArrayList<>();
    new Targets(results).verdicts().forEach(verdict -> targets.add(target(verdict)));
    String heap =
        results
            .heap()
            .map(
                h ->
                    "{\"restBytes\":"
                        + h.restBytes()
                        + ",\"mostBytes\":"
                        + h.mostBytes()
                        + ",\"samples\":"
                        + h.samples()
                        + "}")
            .orElse("null");
    return "{\"circumstances\":"
        + texts(results.circumstances())
        + ",\n\"brokeOff\":"
        + texts(results.brokenOff())
        + ",\n\"scenarios\":[\n"
        + String.join(",\n", scenarios)
        + "],\n\"heap\":"
        + heap
        + ",\n\"targets\":[\n"
        + String.join(",\n", targets)
        + "]}\n";
  }

  private static String texts(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(text -> quoted(text.getKey()) + ":" + quoted(text.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String scenario(Figures f, int cores) {
    return "{\"name\":"
        + quoted(f.name())
        + ",\"requests\":"
        + f.requests()
        + ",\"seconds\":"
        + number(f.spent().seconds())
        + ",\"requestsPerSecond\":"
        + number(f.perSecond())
        + ",\"p50Millis\":"
        + number(f.p50Millis())
        + ",\"p99Millis\":"
        + number(f.p99Millis())
        + ",\"errors\":"
        + f.errors()
        + ",\"serverCpuMicros\":"
        + number(f.serverMicros())
        + ",\"clientCpuMicros\":"
        + number(f.clientMicros())
        + ",\"othersCpuShare\":"
        + number(f.spent().othersShare(cores))
        + "}";
  }

  private static String target(Verdict verdict) {
    return "{\"target\":"
        + quoted(verdict.target())
        + ",\""
        + (verdict.least() ? "least" : "most")
        + "\":"
        + number(verdict.bound())
        + ",\"measured\":"
        + verdict.measured().map(Json::number).orElse("null")
        + ",\"verdict\":"
        + quoted(verdict.word())
        + "}";
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "null";
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
