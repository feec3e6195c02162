package org.muster.storage.behind.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails once must not be told as done, and must not hold up what comes after it. */
class LogFaultsTest {
  @TempDir Path folder;

  /** Says which calls fail: the next ones of that kind. */
  private static final class Faults {
    final AtomicInteger creates = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger forces = new AtomicInteger();
    final AtomicInteger cuts = new AtomicInteger();

    static void next(AtomicInteger which) throws IOException {
      if (which.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("It fails here");
      }
    }
  }

  /** What fails writes nevertheless. */
  private record Failing(LogFile file, Faults faults) implements LogFile {
    @Override
    public void write(byte[] bytes) throws IOException {
      file.write(bytes);
      Faults.next(faults.writes);
    }

    @Override
    public void force() throws IOException {
      file.force();
      Faults.next(faults.forces);
    }

    @Override
    public void truncate(long length) throws IOException {
      Faults.next(faults.cuts);
      file.truncate(length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private WriteLog open(Faults faults) {
    Folder open = Folder.open(folder);
    return WriteLog.open(
        open,
        name -> {
          Faults.next(faults.creates);
          return new Failing(open.create(name), faults);
        },
        1 << 20);
  }

  private List<String> left() {
    try (WriteLog log = WriteLog.open(folder)) {
      return log.recovered().stream()
          .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
          .toList();
    }
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(Segments.ENDING)).count();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void refusedEntryThatCannotBeCutIsDoneWithBeforeTheNextIsTold() {
    Faults faults = new Faults();
    try (WriteLog log = open(faults)) {
      log.append(bytes("a"));
      faults.forces.set(1);
      faults.cuts.set(1);
      assertThatThrownBy(() -> log.append(bytes("b"))).isInstanceOf(UncheckedIOException.class);
      log.append(bytes("c"));
    }
    assertThat(left()).containsExactly("a", "c");
  }

  @Test
  void entryThatCouldNotBeCancelledIsCancelledWithTheNext() {
    Faults faults = new Faults();
    try (WriteLog log = open(faults)) {
      long a = log.append(bytes("a"));
      faults.writes.set(1);
      assertThatThrownBy(() -> log.cancel(List.of(a))).isInstanceOf(UncheckedIOException.class);
      log.append(bytes("b"));
    }
    assertThat(left()).containsExactly("b");
  }

  @Test
  void fileThatCannotBeMadeRefusesOnce() throws IOException {
    Faults faults = new Faults();
    try (WriteLog log = open(faults)) {
      faults.creates.set(1);
      assertThatThrownBy(() -> log.append(bytes("a"))).isInstanceOf(UncheckedIOException.class);
      for (int i = 0; i < 5; i++) {
        faults.writes.set(1); // that is its beginning
        assertThatThrownBy(() -> log.append(bytes("b"))).isInstanceOf(UncheckedIOException.class);
      }
      assertThat(files()).isLessThanOrEqualTo(1);
      log.append(bytes("c"));
    }
    assertThat(left()).containsExactly("c");
  }

  @Test
  void whatIsWrittenAnewStaysWhereItWasUntilThatIsForced() {
    Faults faults = new Faults();
    try (WriteLog log = open(faults)) {
      LogEntry kept = new LogEntry(log.append(bytes("kept")), bytes("kept"));
      faults.writes.set(2); // the beginning of another file, then the entry
      assertThatThrownBy(() -> log.rewrite(List.of(kept))).isInstanceOf(UncheckedIOException.class);
      faults.writes.set(0);
      faults.forces.set(1);
      assertThatThrownBy(() -> log.rewrite(List.of(kept))).isInstanceOf(UncheckedIOException.class);
      assertThat(firstFile()).contains("kept");
      log.rewrite(List.of(kept));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(left()).containsExactly("kept");
  }

  private String firstFile() throws IOException {
    return Files.readString(folder.resolve("0000000000000000001.log"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsDoneWithMeanwhileIsNotWrittenAnew() throws IOException {
    try (WriteLog log = open(new Faults())) {
      LogEntry done = new LogEntry(log.append(bytes("done")), bytes("done"));
      LogEntry kept = new LogEntry(log.append(bytes("kept")), bytes("kept"));
      log.done(List.of(done.number()));
      log.rewrite(List.of(done, kept));
      assertThat(files()).isEqualTo(1);
      log.done(List.of(kept.number()));
      log.append(bytes("later"));
    }
    assertThat(left()).containsExactly("later");
  }

  @Test
  void errorOfOneWhoWritesForOthersTellsNoneOfThemThatItIsDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Appender appender =
        new Appender(
            (bytes, force, entries) -> {
              if (calls.getAndIncrement() == 0) {
                begun.countDown();
                awaitQuietly(goOn);
              } else {
                throw new OutOfMemoryError("It fails here");
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Future<?> first = threads.submit(() -> append(appender));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        others.add(threads.submit(() -> append(appender)));
      }
      TimeUnit.MILLISECONDS.sleep(200); // until they wait
      goOn.countDown();
      first.get(10, TimeUnit.SECONDS);
      for (Future<?> other : others) {
        assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Boolean append(Appender appender) throws IOException {
    appender.append(new byte[] {1}, true, List.of(1L));
    return true;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
