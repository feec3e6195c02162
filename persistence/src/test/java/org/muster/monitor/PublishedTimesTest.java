package org.muster.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.junit.jupiter.api.Test;

class PublishedTimesTest {
  private final List<String> registered = new ArrayList<>();
  private final List<Duration> updates = new ArrayList<>();

  @Test
  void oneTimerServesAllCallsOfAKind() {
    CallTimes times = new PublishedTimes(registry(), Provider.storage("memory"));
    times.record("get", Outcome.OK, 1_000_000);
    times.record("get", Outcome.OK, 2_000_000);
    times.record("get", Outcome.UNAVAILABLE, 3_000_000);
    assertThat(registered)
        .containsExactly(
            "muster_storage_calls{provider=memory,operation=get,outcome=ok}",
            "muster_storage_calls{provider=memory,operation=get,outcome=unavailable}");
    assertThat(updates)
        .containsExactly(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3));
  }

  @Test
  void eventStoresAndLevelsOfCachesHaveTimersOfTheirOwn() {
    new PublishedTimes(registry(), Provider.events("jpa")).record("append", Outcome.CONFLICT, 1);
    new PublishedTimes(registry(), Provider.cache("documents", "heap"))
        .record("get", Outcome.HIT, 1);
    assertThat(registered)
        .containsExactly(
            "muster_event_calls{provider=jpa,operation=append,outcome=conflict}",
            "muster_cache_calls{cache=documents,level=heap,operation=get,outcome=hit}");
  }

  private MetricRegistry registry() {
    return proxy(
        MetricRegistry.class,
        arguments -> {
          List<String> tags =
              Arrays.stream((Tag[]) arguments[1])
                  .map(tag -> tag.getTagName() + "=" + tag.getTagValue())
                  .toList();
          registered.add(((Metadata) arguments[0]).getName() + "{" + String.join(",", tags) + "}");
          return timer();
        });
  }

  private Timer timer() {
    return proxy(
        Timer.class,
        arguments -> {
          updates.add((Duration) arguments[0]);
          return new Object();
        });
  }

  private interface Call {
    Object answer(Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getReturnType() == void.class
                    ? nothing(call.answer(arguments))
                    : call.answer(arguments)));
  }

  @SuppressWarnings("NullAway") // what a method without a result returns
  private static Object nothing(Object ignored) {
    return null;
  }
}
