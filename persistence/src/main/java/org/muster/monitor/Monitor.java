package org.muster.monitor;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts and times the calls of providers, warns of slow ones and of too many failures, and tells
 * how it all is. Thread-safe.
 */
public final class Monitor {
  private final MonitorSettings settings;
  private final Function<Provider, CallTimes> published;
  private final Clock clock;
  private final MonitorLog log;
  private final Instant since;
  private final Duration slot;
  private final SlowCalls slow;
  private final Summary summary = new Summary();
  private final Map<Provider, ProviderStats> providers = new ConcurrentHashMap<>();
  private final List<Supplier<List<ProviderFigures>>> included = new CopyOnWriteArrayList<>();
  private Instant turned;
  private Instant summed;

  /**
   * A monitor that has seen nothing.
   *
   * @param published where the calls of a provider are noted besides, for instance as metrics
   */
  public Monitor(
      MonitorSettings settings,
      Function<Provider, CallTimes> published,
      Clock clock,
      MonitorLog log) {
    this.settings = settings;
    this.published = published;
    this.clock = clock;
    this.log = log;
    this.since = clock.instant();
    this.slot = settings.window().dividedBy(OperationStats.SLOTS);
    this.slow = new SlowCalls(settings.slow().toNanos(), log);
    this.turned = since;
    this.summed = since;
  }

  /**
   * Has snapshots show what somebody else counts, too; of providers that are not called by this.
   */
  public void include(Supplier<List<ProviderFigures>> others) {
    included.add(others);
  }

  /** Where calls of a provider are noted that somebody else has timed; no slow one is told of. */
  public CallTimes times(Provider provider) {
    return stats(provider);
  }

  /** What calls of a provider are made through, to be timed. */
  public Calls calls(Provider provider) {
    return new TimedCalls(provider, stats(provider), slow);
  }

  private ProviderStats stats(Provider provider) {
    return providers.computeIfAbsent(
        provider,
        key ->
            new ProviderStats(
                key, published.apply(key), new ErrorAlarm(key.label(), settings, log)));
  }

  /** Does what is due: slides the window, warns, sums up. To be called about every second. */
  public synchronized void tick() {
    Instant now = clock.instant();
    if (!now.isBefore(turned.plus(slot))) {
      turned = now;
      providers.values().forEach(ProviderStats::turn);
      slow.turn();
    }
    if (!settings.summary().isZero() && !now.isBefore(summed.plus(settings.summary()))) {
      long seconds = Duration.between(summed, now).toSeconds();
      summed = now;
      summary.next(snapshot(), seconds).ifPresent(line -> log.write(Level.INFO, line));
    }
  }

  /** What was seen so far. */
  public MonitorSnapshot snapshot() {
    return new MonitorSnapshot(
        since,
        settings.window(),
        Stream.concat(
                providers.values().stream().map(ProviderStats::figures),
                included.stream().flatMap(each -> each.get().stream()))
            .sorted(
                Comparator.comparing((ProviderFigures each) -> each.provider().kind())
                    .thenComparing(each -> each.provider().name())
                    .thenComparing(each -> each.provider().level()))
            .toList());
  }
}
