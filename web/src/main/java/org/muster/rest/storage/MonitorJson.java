package org.muster.rest.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.muster.monitor.Figures;
import org.muster.monitor.MonitorSnapshot;
import org.muster.monitor.Outcome;
import org.muster.monitor.Provider;
import org.muster.monitor.ProviderFigures;
import org.muster.operations.PoolFigures;
import org.muster.storage.JsonDocument;

/** Writes down what the monitor has seen. */
final class MonitorJson {
  private static final double MICROS = 1e3;
  private static final double MILLIONTHS = 1e6;

  private MonitorJson() {}

  static ObjectNode of(MonitorSnapshot snapshot, Optional<PoolFigures> pool) {
    ObjectNode json =
        JsonDocument.MAPPER
            .createObjectNode()
            .put("since", snapshot.since().toString())
            .put("windowSeconds", snapshot.window().toSeconds());
    put(json, snapshot.chain());
    snapshot.hitRatio().ifPresent(ratio -> json.put("cacheHitRatio", share(ratio)));
    pool.ifPresent(now -> put(json.putObject("pool"), now));
    ArrayNode providers = json.putArray("providers");
    snapshot.providers().forEach(each -> put(providers.addObject(), each));
    return json;
  }

  private static void put(ObjectNode json, PoolFigures pool) {
    json.put("active", pool.active())
        .put("idle", pool.idle())
        .put("size", pool.size())
        .put("waiting", pool.waiting())
        .put("minimum", pool.least())
        .put("maximum", pool.most());
  }

  private static void put(ObjectNode json, ProviderFigures figures) {
    Provider provider = figures.provider();
    json.put("kind", provider.kind().word()).put("provider", provider.name());
    if (!provider.level().isEmpty()) {
      json.put("level", provider.level());
    }
    put(json, figures.all());
    ArrayNode operations = json.putArray("operations");
    figures
        .operations()
        .forEach((name, each) -> put(operations.addObject().put("operation", name), each));
  }

  private static void put(ObjectNode json, Figures figures) {
    json.put("total", figures.total())
        .put("successful", figures.successful())
        .put("failed", figures.failed())
        .put("errorRate", share(figures.errorRate()))
        .put("meanMillis", millis(figures.meanMillis()));
    ObjectNode outcomes = json.putObject("outcomes");
    figures.outcomes().forEach((outcome, count) -> outcomes.put(outcome.word(), count));
    figures
        .hitRatio()
        .ifPresent(
            ratio ->
                json.put("hits", figures.count(Outcome.HIT))
                    .put("misses", figures.count(Outcome.MISS))
                    .put("hitRatio", share(ratio)));
    Figures.Window window = figures.window();
    json.putObject("window")
        .put("total", window.total())
        .put("failed", window.failed())
        .put("errorRate", share(window.errorRate()))
        .put("meanMillis", millis(window.meanMillis()))
        .put("p50Millis", millis(window.p50Millis()))
        .put("p95Millis", millis(window.p95Millis()))
        .put("p99Millis", millis(window.p99Millis()))
        .put("maxMillis", millis(window.maxMillis()));
  }

  /** To the microsecond. */
  private static double millis(double millis) {
    return Math.round(millis * MICROS) / MICROS;
  }

  private static double share(double share) {
    return Math.round(share * MILLIONTHS) / MILLIONTHS;
  }
}
