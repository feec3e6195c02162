package org.muster.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Keeps the calls of a provider as the timers {@code muster_storage_calls}, {@code
 * muster_event_calls} or {@code muster_cache_calls}, by provider (a cache and its level), operation
 * and outcome; never by tenant or key.
 *
 * <p>The unit is what a timer keeps its sample in. The server makes seconds of it for name, mean
 * and maximum; told that it were seconds, it would show nanoseconds under these names.
 */
public final class PublishedTimes implements CallTimes {
  private static final Metadata STORAGE =
      Metadata.builder()
          .withName("muster_storage_calls")
          .withDescription("Calls of the document store, by provider, operation and outcome")
          .withUnit(MetricUnits.NANOSECONDS)
          .build();
  private static final Metadata EVENTS =
      Metadata.builder()
          .withName("muster_event_calls")
          .withDescription("Calls of the event store, by provider, operation and outcome")
          .withUnit(MetricUnits.NANOSECONDS)
          .build();
  private static final Metadata CACHE =
      Metadata.builder()
          .withName("muster_cache_calls")
          .withDescription("Calls of caches, by cache, level, operation and outcome")
          .withUnit(MetricUnits.NANOSECONDS)
          .build();

  private final Map<String, Map<Outcome, Timer>> timers = new ConcurrentHashMap<>();
  private final MetricRegistry registry;
  private final Provider provider;

  public PublishedTimes(MetricRegistry registry, Provider provider) {
    this.registry = registry;
    this.provider = provider;
  }

  @Override
  public void record(String operation, Outcome outcome, long nanos) {
    Map<Outcome, Timer> ofOperation = timers.get(operation);
    if (ofOperation == null) {
      ofOperation = timers.computeIfAbsent(operation, name -> new ConcurrentHashMap<>());
    }
    Timer timer = ofOperation.get(outcome);
    if (timer == null) {
      timer =
          ofOperation.computeIfAbsent(
              outcome, key -> registry.timer(metadata(), tags(operation, key)));
    }
    timer.update(Duration.ofNanos(nanos));
  }

  private Metadata metadata() {
    return switch (provider.kind()) {
      case STORAGE -> STORAGE;
      case EVENTS -> EVENTS;
      case CACHE -> CACHE;
    };
  }

  private Tag[] tags(String operation, Outcome outcome) {
    List<Tag> tags = new ArrayList<>();
    if (provider.kind() == Provider.Kind.CACHE) {
      tags.add(new Tag("cache", provider.name()));
      tags.add(new Tag("level", provider.level()));
    } else {
      tags.add(new Tag("provider", provider.name()));
    }
    tags.add(new Tag("operation", operation));
    tags.add(new Tag("outcome", outcome.word()));
    return tags.toArray(Tag[]::new);
  }
}
