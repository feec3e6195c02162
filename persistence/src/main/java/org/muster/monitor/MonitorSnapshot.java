package org.muster.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the monitor has seen on this node. What is called within a call is counted with both, so
 * that figures of different providers must not be added.
 *
 * @param since when it began
 * @param window how long the sliding window is at most
 */
public record MonitorSnapshot(Instant since, Duration window, List<ProviderFigures> providers) {
  public MonitorSnapshot {
    providers = List.copyOf(providers);
  }

  /** What was asked of the document store, whatever it was done by. */
  public Figures chain() {
    return find(Provider.storage(Provider.CHAIN))
        .map(ProviderFigures::all)
        .orElseGet(() -> Figures.sum(List.of(), Figures.Window.NONE));
  }

  /** One of the providers. */
  public Optional<ProviderFigures> find(Provider provider) {
    return providers.stream().filter(each -> each.provider().equals(provider)).findFirst();
  }

  /** The share of reads that caches as a whole could answer; empty if there were none. */
  public OptionalDouble hitRatio() {
    return Figures.sum(
            providers.stream()
                .filter(each -> each.provider().kind() == Provider.Kind.CACHE)
                .filter(each -> each.provider().level().equals(Provider.WHOLE))
                .map(ProviderFigures::all)
                .toList(),
            Figures.Window.NONE)
        .hitRatio();
  }
}
