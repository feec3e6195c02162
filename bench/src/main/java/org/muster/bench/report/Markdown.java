package org.muster.bench.report;

import java.util.Locale;
import org.muster.bench.measure.Figures;

/** Results as Markdown tables, ready for the documentation. */
public final class Markdown {
  private static final double MEBIBYTE = 1024 * 1024;

  private final Results results;
  private final int cores;
  private final StringBuilder out = new StringBuilder();

  private Markdown(Results results, int cores) {
    this.results = results;
    this.cores = cores;
  }

  public static String of(Results results, int cores) {
    Markdown markdown = new Markdown(results, cores);
    markdown.circumstances();
    markdown.figures();
    markdown.heap();
    markdown.targets();
    return markdown.out.toString();
  }

  private void circumstances() {
    line("| made with | |");
    line("|---|---|");
    results.circumstances().forEach((name, value) -> line("| %s | %s |", name, value));
  }

  private void figures() {
    line("");
    line(
        "| scenario | requests/s | p50 ms | p99 ms | errors | server CPU µs/request"
            + " | client CPU µs/request | CPU used by others, % |");
    line("|---|--:|--:|--:|--:|--:|--:|--:|");
    for (Figures f : results.figures()) {
      line(
          "| %s | %s | %s | %s | %d | %s | %s | %s |",
          f.name(),
          number(f.perSecond(), 0),
          number(f.p50Millis(), 2),
          number(f.p99Millis(), 2),
          f.errors(),
          number(f.serverMicros(), 0),
          number(f.clientMicros(), 1),
          number(f.spent().othersShare(cores) * 100, 0));
    }
  }

  private void heap() {
    results.brokenOff().forEach((name, why) -> line("\n%s broke off: %s", name, why));
    results
        .heap()
        .ifPresent(
            heap -> {
              line("");
              line(
                  "Live heap of the server: %s MiB at rest, at most %s MiB in %d samples during"
                      + " the scans.",
                  number(heap.restBytes() / MEBIBYTE, 0),
                  number(heap.mostBytes() / MEBIBYTE, 0),
                  heap.samples());
            });
  }

  private void targets() {
    line("");
    line("| target | bound | measured | |");
    line("|---|--:|--:|---|");
    for (Verdict verdict : new Targets(results).verdicts()) {
      line(
          "| %s | %s %s | %s | %s |",
          verdict.target(),
          verdict.least() ? "≥" : "≤",
          number(verdict.bound(), 2),
          verdict.measured().map(value -> number(value, 2)).orElse("-"),
          verdict.word());
    }
  }

  private static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + digits + "f", value) : "-";
  }

  private void line(String text, Object... values) {
    out.append(values.length == 0 ? text : String.format(Locale.ROOT, text, values)).append('\n');
  }
}
