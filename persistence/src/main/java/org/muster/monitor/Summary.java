package org.muster.monitor;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What has happened since the last summary, in one line. For one thread at a time. */
final class Summary {
  private final Map<Provider, Figures> before = new HashMap<>();

  /** The next one; empty if nothing was called. */
  synchronized Optional<String> next(MonitorSnapshot now, long seconds) {
    StringJoiner parts = new StringJoiner("; ");
    for (ProviderFigures each : now.providers()) {
      Figures all = each.all();
      Figures last = before.put(each.provider(), all);
      long calls = all.total() - (last == null ? 0 : last.total());
      if (calls > 0) {
        parts.add(part(each.provider(), all, last, calls));
      }
    }
    return parts.length() == 0 ? Optional.empty() : Optional.of("In " + seconds + " s: " + parts);
  }

  private static String part(Provider provider, Figures all, @Nullable Figures last, long calls) {
    long failed = all.failed() - (last == null ? 0 : last.failed());
    double millis = (all.nanos() - (last == null ? 0 : last.nanos())) / 1e6 / calls;
    Figures.Window window = all.window();
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s %d calls, %d failed, mean %.2f ms, lately p95 %.2f, p99 %.2f, max %.2f ms",
                provider.label(),
                calls,
                failed,
                millis,
                window.p95Millis(),
                window.p99Millis(),
                window.maxMillis()));
    all.hitRatio()
        .ifPresent(
            ratio ->
                text.append(String.format(Locale.ROOT, ", hit ratio %.3f since the start", ratio)));
    return text.toString();
  }
}
