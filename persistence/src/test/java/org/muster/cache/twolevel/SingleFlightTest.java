package org.muster.cache.twolevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.cache.Threads;
import org.muster.cache.heap.HeapBounds;
import org.muster.cache.heap.HeapLevel;

/** Of those who read a key at the same time one loads it. */
@Timeout(60)
class SingleFlightTest extends CacheTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch loading = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final TwoLevelCache<String> cache =
      new TwoLevelCache<>(CacheLevels.of(heap(), heap()), both(), timing());

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** A read that says that it loads, and waits until it may go on. */
  private CompletableFuture<Optional<String>> slowRead(Loader<String> loader) throws Exception {
    CompletableFuture<Optional<String>> read =
        CompletableFuture.supplyAsync(
            () ->
                cache.get(
                    A,
                    key -> {
                      Optional<String> value = loader.load(key);
                      loading.countDown();
                      await(go);
                      return value;
                    }),
            threads);
    assertThat(loading.await(20, TimeUnit.SECONDS)).isTrue();
    return read;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody said go");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Optional<String>> read(Loader<String> loader) {
    return CompletableFuture.supplyAsync(() -> cache.get(A, loader), threads);
  }

  @Test
  void manyReadersAreOneLoad() throws Exception {
    for (int round = 0; round < 50; round++) {
      var key = key("round " + round);
      AtomicInteger loads = new AtomicInteger();
      List<Optional<String>> read =
          Threads.run(
              8, i -> () -> cache.get(key, each -> Optional.of("v" + loads.incrementAndGet())));
      assertThat(read).containsOnly(Optional.of("v1"));
    }
    CacheStats stats = cache.stats(SPACE);
    assertThat(stats.loads()).isEqualTo(50);
    assertThat(stats.hits() + stats.misses()).isEqualTo(400);
  }

  @Test
  void failureReachesAllWhoWait() throws Exception {
    IllegalStateException failure = new IllegalStateException("down");
    CompletableFuture<Optional<String>> leader =
        CompletableFuture.supplyAsync(
            () ->
                cache.get(
                    A,
                    key -> {
                      loading.countDown();
                      await(go);
                      throw failure;
                    }),
            threads);
    await(loading);
    CompletableFuture<Optional<String>> waiting = read(source);
    Thread.sleep(50);
    go.countDown();
    assertThatThrownBy(leader::join).hasCause(failure);
    try {
      assertThat(waiting.join()).contains("1"); // it came when the other one was over
    } catch (CompletionException e) {
      assertThat(e).hasCause(failure);
    }
    assertThat(cache.get(A, source)).contains("1");
  }

  @Test
  void readerAfterAVoidDoesNotWaitForAnOlderLoad() throws Exception {
    CompletableFuture<Optional<String>> old = slowRead(source);
    source.with(A, "2");
    cache.voidKey(A);
    assertThat(cache.get(A, source)).contains("2");
    go.countDown();
    assertThat(old.join()).contains("1");
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void readerAfterAClearDoesNotWaitForAnOlderLoad() throws Exception {
    CompletableFuture<Optional<String>> old = slowRead(source);
    source.with(A, "2");
    cache.clear(SPACE);
    assertThat(cache.get(A, source)).contains("2");
    go.countDown();
    assertThat(old.join()).contains("1");
    assertThat(cache.get(A, source)).contains("2");
  }

  @Test
  void readerAfterAPutSeesIt() throws Exception {
    CompletableFuture<Optional<String>> old = slowRead(source);
    cache.put(A, "put", Optional.empty());
    assertThat(cache.get(A, source)).contains("put");
    go.countDown();
    assertThat(old.join()).contains("1");
    assertThat(cache.get(A, source)).contains("put");
  }

  @Test
  void whoDoesNotLoadWaitsForWhoDoes() throws Exception {
    CompletableFuture<Optional<String>> loader = slowRead(source);
    CompletableFuture<Optional<String>> looking =
        CompletableFuture.supplyAsync(() -> cache.getIfPresent(A), threads);
    go.countDown();
    assertThat(loader.join()).contains("1");
    assertThat(looking.join()).contains("1");
  }

  @Test
  void whoWaitsTooLongLoadsByItself() throws Exception {
    HeapLevel<String> hasty =
        new HeapLevel<>(
            new HeapBounds(1_000_000, Duration.ofMillis(100)), String::length, time, time);
    TwoLevelCache<String> impatient = new TwoLevelCache<>(CacheLevels.of(hasty), both(), timing());
    CompletableFuture<Optional<String>> stuck =
        CompletableFuture.supplyAsync(
            () ->
                impatient.get(
                    A,
                    key -> {
                      loading.countDown();
                      await(go);
                      return Optional.of("late");
                    }),
            threads);
    await(loading);
    assertThat(impatient.get(A, source)).contains("1");
    go.countDown();
    assertThat(stuck.join()).contains("late");
  }

  @Test
  void interruptedReaderLoadsByItself() throws Exception {
    CompletableFuture<Optional<String>> leader = slowRead(source);
    CompletableFuture<Boolean> interrupted =
        CompletableFuture.supplyAsync(
            () -> {
              Thread.currentThread().interrupt();
              return cache.get(A, source).isPresent() && Thread.interrupted();
            },
            threads);
    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    go.countDown();
    leader.join();
  }

  @Test
  void loadersThatWaitForEachOtherEnd() throws Exception {
    HeapLevel<String> hasty =
        new HeapLevel<>(
            new HeapBounds(1_000_000, Duration.ofMillis(100)), String::length, time, time);
    TwoLevelCache<String> crossed = new TwoLevelCache<>(CacheLevels.of(hasty), both(), timing());
    CountDownLatch both = new CountDownLatch(2);
    List<Optional<String>> read =
        Threads.run(
            2,
            i ->
                () ->
                    crossed.get(
                        i == 0 ? A : B,
                        key -> {
                          both.countDown();
                          await(both);
                          return crossed.get(i == 0 ? B : A, each -> Optional.of("x"));
                        }));
    assertThat(read).allMatch(Optional::isPresent);
  }
}
