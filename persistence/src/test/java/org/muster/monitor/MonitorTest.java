package org.muster.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;

class MonitorTest {
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
  private static final long MILLI = 1_000_000;
  private static final Provider JPA = Provider.storage("jpa");
  private static final Provider CHAIN = Provider.storage(Provider.CHAIN);
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration SLOT = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private final Monitor monitor = monitor(Duration.ofMillis(100), Duration.ZERO);

  private Monitor monitor(Duration slow, Duration summary) {
    return new Monitor(
        new MonitorSettings(slow, WINDOW, 5, 100, summary),
        provider ->
            (operation, outcome, nanos) ->
                published.add(provider.label() + " " + operation + " " + outcome.word()),
        clock,
        (level, line) -> lines.add(level == Level.INFO ? line : "! " + line));
  }

  @AfterEach
  void endRequest() {
    CurrentRequest.end();
  }

  private void slide(int slots) {
    for (int i = 0; i < slots; i++) {
      clock.advance(SLOT);
      monitor.tick();
    }
  }

  private Figures figures(Provider provider) {
    return monitor.snapshot().find(provider).orElseThrow().all();
  }

  @Test
  void figuresAddUpWhateverThreadsDo() throws Exception {
    int threads = 8;
    int calls = 5_000;
    String[] operations = {"get", "apply", "query"};
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch begin = new CountDownLatch(1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(i);
        all.add(
            executor.submit(
                () -> {
                  begin.await();
                  for (int call = 0; call < calls; call++) {
                    Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
                    String operation = operations[random.nextInt(operations.length)];
                    monitor.times(JPA).record(operation, outcome, random.nextInt(1_000_000));
                    if (call % 500 == 0) {
                      addsUp(monitor.snapshot());
                    }
                  }
                  return Boolean.TRUE;
                }));
      }
      begin.countDown();
      for (Future<?> each : all) {
        each.get(1, TimeUnit.MINUTES);
      }
    } finally {
      executor.shutdownNow();
    }
    addsUp(monitor.snapshot());
    assertThat(figures(JPA).total()).isEqualTo((long) threads * calls).isEqualTo(published.size());
    assertThat(figures(JPA).window().total()).isEqualTo((long) threads * calls);
    assertThat(figures(JPA).failed()).isEqualTo(figures(JPA).window().failed()).isPositive();
  }

  private static void addsUp(MonitorSnapshot snapshot) {
    for (ProviderFigures each : snapshot.providers()) {
      Figures all = each.all();
      assertThat(all.total()).isEqualTo(all.successful() + all.failed());
      assertThat(each.operations().values().stream().mapToLong(Figures::total).sum())
          .isEqualTo(all.total());
      assertThat(each.operations().values().stream().mapToLong(Figures::failed).sum())
          .isEqualTo(all.failed());
      assertThat(all.window().failed()).isLessThanOrEqualTo(all.window().total());
    }
  }

  @Test
  void percentilesAreWithinOnePercent() {
    for (int millis = 1; millis <= 1_000; millis++) {
      monitor.times(JPA).record("get", Outcome.OK, millis * MILLI);
    }
    Figures.Window window = figures(JPA).window();
    assertThat(window.p50Millis()).isCloseTo(500, within(6.0));
    assertThat(window.p95Millis()).isCloseTo(950, within(10.0));
    assertThat(window.p99Millis()).isCloseTo(990, within(10.0));
    assertThat(window.maxMillis()).isCloseTo(1_000, within(10.0));
    assertThat(window.meanMillis()).isCloseTo(500.5, within(5.1));
    assertThat(figures(JPA).meanMillis()).isCloseTo(500.5, within(0.001));
  }

  @Test
  void hostileDurationsAreBounded() {
    monitor.times(JPA).record("get", Outcome.OK, Long.MAX_VALUE / 2);
    monitor.times(JPA).record("get", Outcome.OK, -5);
    monitor.times(JPA).record("get", Outcome.OK, 0);
    assertThat(figures(JPA).window().total()).isEqualTo(3);
    assertThat(figures(JPA).window().maxMillis()).isCloseTo(600_000, within(6_000.0));
  }

  @Test
  void windowForgetsWhatIsOlderAndCountsDoNot() {
    monitor.times(JPA).record("get", Outcome.ERROR, 9 * MILLI);
    slide(OperationStats.SLOTS - 1);
    monitor.times(JPA).record("get", Outcome.OK, MILLI);
    assertThat(figures(JPA).window().total()).isEqualTo(2);
    assertThat(figures(JPA).window().errorRate()).isEqualTo(0.5);
    slide(1);
    assertThat(figures(JPA).window().total()).isEqualTo(1);
    assertThat(figures(JPA).window().maxMillis()).isCloseTo(1, within(0.02));
    slide(OperationStats.SLOTS);
    assertThat(figures(JPA).window()).isEqualTo(Figures.Window.NONE);
    assertThat(figures(JPA).total()).isEqualTo(2);
    assertThat(figures(JPA).failed()).isEqualTo(1);
  }

  @Test
  void refusalsAreAnswers() {
    Calls calls = monitor.calls(JPA);
    assertThatThrownBy(
            () ->
                calls.call(
                    "apply",
                    TenantId.DEFAULT,
                    () -> {
                      throw new StorageException.NotUnique("userName");
                    }))
        .isInstanceOf(StorageException.NotUnique.class);
    assertThat(figures(JPA).successful()).isEqualTo(1);
    assertThat(figures(JPA).failed()).isZero();
    assertThat(figures(JPA).count(Outcome.NOT_UNIQUE)).isEqualTo(1);
  }

  @Test
  void anErrorThatIsNoExceptionIsAFailure() {
    Calls calls = monitor.calls(JPA);
    assertThatThrownBy(
            () ->
                calls.call(
                    "get",
                    null,
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(figures(JPA).count(Outcome.ERROR)).isEqualTo(1);
  }

  @Test
  void tooManyFailuresAreWarnedOfOnceAndTheirEndIsTold() {
    fail(6, 94);
    slide(1);
    fail(6, 94);
    slide(2);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("! Error rate: storage jpa is over 5 percent: 6 of 100 calls failed");
    fail(0, 200);
    slide(1);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("Error rate: storage jpa is back to normal: 12 of 400");
    fail(50, 50);
    slide(1);
    assertThat(lines).hasSize(3);
  }

  @Test
  void fewCallsRaiseNoAlarmAndEndNone() {
    fail(50, 49);
    slide(1);
    assertThat(lines).isEmpty();
    fail(1, 0);
    slide(1);
    assertThat(lines).hasSize(1);
    slide(OperationStats.SLOTS - 2);
    fail(3, 0); // all that is left in the window, and still a failure each
    slide(2);
    assertThat(lines).hasSize(1);
    slide(OperationStats.SLOTS);
    assertThat(lines).hasSize(2);
  }

  private void fail(int failed, int ok) {
    for (int i = 0; i < failed; i++) {
      monitor.times(JPA).record("get", Outcome.UNAVAILABLE, MILLI);
    }
    for (int i = 0; i < ok; i++) {
      monitor.times(JPA).record("get", Outcome.CONFLICT, MILLI);
    }
  }

  @Test
  void aSlowCallIsToldOfWithTenantAndRequest() {
    CurrentRequest.begin("r-1");
    Calls calls = monitor(Duration.ofNanos(1), Duration.ZERO).calls(JPA);
    calls.call("query", new TenantId("acme"), () -> "ann@example.org");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .matches(
            "! Slow call: provider=storage/jpa operation=query outcome=ok millis=[0-9.]+"
                + " tenant=acme request=r-1");
  }

  @Test
  void slowCallsDoNotFloodTheLog() {
    Monitor quick = monitor(Duration.ofNanos(1), Duration.ZERO);
    Calls calls = quick.calls(JPA);
    for (int i = 0; i < 100; i++) {
      calls.call("get", null, () -> "x");
    }
    assertThat(lines).hasSize(SlowCalls.MOST);
    clock.advance(SLOT);
    quick.tick();
    assertThat(lines).hasSize(SlowCalls.MOST + 1);
    assertThat(lines.get(SlowCalls.MOST)).contains(" 80 more ");
    calls.call("get", null, () -> "x");
    assertThat(lines).hasSize(SlowCalls.MOST + 2);
  }

  @Test
  void noCallIsSlowWhereThatIsOff() {
    monitor(Duration.ZERO, Duration.ZERO).calls(JPA).call("get", null, () -> "x");
    monitor.calls(JPA).call("get", null, () -> "x");
    assertThat(lines).isEmpty();
  }

  @Test
  void summaryTellsWhatIsNewAndIsSilentOtherwise() {
    Monitor summing = monitor(Duration.ZERO, Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(5));
    summing.tick();
    assertThat(lines).isEmpty();
    summing.times(JPA).record("get", Outcome.OK, MILLI);
    summing.times(JPA).record("get", Outcome.CORRUPT, 3 * MILLI);
    summing.times(Provider.cache("documents", "heap")).record("get", Outcome.HIT, MILLI);
    clock.advance(Duration.ofMinutes(5));
    summing.tick();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("In 300 s: storage jpa 2 calls, 1 failed, mean 2.00 ms")
        .contains("cache documents heap 1 calls, 0 failed")
        .endsWith("hit ratio 1.000 since the start");
    clock.advance(Duration.ofSeconds(299));
    summing.tick();
    clock.advance(Duration.ofSeconds(1));
    summing.tick();
    assertThat(lines).hasSize(1);
  }

  @Test
  void whatWasAskedOfTheStoreIsWhatTheChainWasAsked() {
    monitor.times(CHAIN).record("get", Outcome.OK, MILLI);
    monitor.times(JPA).record("get", Outcome.OK, MILLI);
    monitor.times(JPA).record("apply", Outcome.OK, MILLI);
    assertThat(monitor.snapshot().chain().total()).isEqualTo(1);
    assertThat(monitor(Duration.ZERO, Duration.ZERO).snapshot().chain().total()).isZero();
  }

  @Test
  void hitRatioIsThatOfWholeCaches() {
    assertThat(monitor.snapshot().hitRatio()).isEmpty();
    monitor.times(Provider.cache("documents", "heap")).record("get", Outcome.MISS, 1);
    assertThat(monitor.snapshot().hitRatio()).isEmpty();
    for (Outcome outcome : List.of(Outcome.HIT, Outcome.HIT, Outcome.HIT, Outcome.MISS)) {
      monitor.times(Provider.cache("documents", Provider.WHOLE)).record("get", outcome, 1);
    }
    monitor.times(Provider.cache("documents", Provider.WHOLE)).record("put", Outcome.REFUSED, 1);
    assertThat(monitor.snapshot().hitRatio()).hasValue(0.75);
  }
}
