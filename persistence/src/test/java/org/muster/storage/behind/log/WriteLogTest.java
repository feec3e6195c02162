package org.muster.storage.behind.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLogTest {
  @TempDir Path folder;

  @Test
  void whatIsAppendedIsThereUntilItIsDoneWith() {
    try (WriteLog log = WriteLog.open(folder)) {
      long a = log.append(bytes("a"));
      log.append(bytes("b"));
      long c = log.append(bytes("c"));
      log.append(bytes(""));
      log.done(List.of(a));
      log.cancel(List.of(c));
    }
    assertThat(left()).containsExactly("b", "");
    assertThat(left()).as("once more").containsExactly("b", "");
  }

  @Test
  void numbersGoOnAfterARestart() {
    long before;
    try (WriteLog log = WriteLog.open(folder)) {
      before = log.append(bytes("a"));
      log.done(List.of(before));
    }
    try (WriteLog log = WriteLog.open(folder)) {
      assertThat(log.append(bytes("b"))).isGreaterThan(before);
    }
    assertThat(left()).containsExactly("b");
  }

  @Test
  void tornEndIsLeftOutWhereverItWasTorn() throws IOException {
    byte[] whole = written("first", "second", "third");
    int third = new Frame(Frame.Kind.ENTRY, 3, bytes("third")).size();
    for (int cut = 1; cut <= third; cut++) {
      SegmentScan scan = SegmentScan.of(Arrays.copyOf(whole, whole.length - cut));
      assertThat(texts(scan)).as("without the last %d", cut).containsExactly("first", "second");
      assertThat(scan.damaged()).isEmpty();
      assertThat(scan.isTorn()).isEqualTo(cut < third);
    }
    SegmentScan grown = SegmentScan.of(Arrays.copyOf(whole, whole.length + 4096));
    assertThat(texts(grown)).containsExactly("first", "second", "third");
    assertThat(grown.damaged()).isEmpty();
  }

  @Test
  void flippedBitCostsItsEntryAlone() throws IOException {
    byte[] whole = written("first", "second", "third");
    int start = SegmentScan.HEADER.length + new Frame(Frame.Kind.ENTRY, 1, bytes("first")).size();
    int size = new Frame(Frame.Kind.ENTRY, 2, bytes("second")).size();
    for (int bit = 0; bit < 8 * size; bit++) {
      byte[] flipped = whole.clone();
      flipped[start + bit / 8] ^= (byte) (1 << (bit % 8));
      SegmentScan scan = SegmentScan.of(flipped);
      assertThat(texts(scan)).as("bit %d", bit).containsExactly("first", "third");
      assertThat(scan.damaged()).as("bit %d", bit).hasSize(1);
      assertThat(scan.damaged().get(0)).hasSize(size);
    }
  }

  @Test
  void damagedEntryIsCountedAndPutBeside() throws IOException {
    try (WriteLog log = WriteLog.open(folder)) {
      log.append(bytes("first"));
      log.append(bytes("second"));
      log.append(bytes("third"));
    }
    Path file = files(".log").get(0);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, text.replace("second", "sekond"), StandardCharsets.ISO_8859_1);
    try (WriteLog log = WriteLog.open(folder)) {
      assertThat(log.recovered()).extracting(WriteLogTest::text).containsExactly("first", "third");
      assertThat(log.figures().corrupt()).isEqualTo(1);
    }
    assertThat(Files.readString(files(".damaged").get(0), StandardCharsets.ISO_8859_1))
        .contains("sekond");
  }

  @Test
  void garbageIsNoLogAndNoReasonToFail() throws IOException {
    Files.createDirectories(folder);
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    garbage[0] = 0x4D; // the mark, and a length beyond everything
    garbage[1] = 0x57;
    garbage[2] = 0x7F;
    garbage[3] = 0x01;
    garbage[4] = 0x7F;
    Files.write(folder.resolve("0000000000000000007.log"), garbage);
    try (WriteLog log = WriteLog.open(folder)) {
      assertThat(log.recovered()).isEmpty();
      assertThat(log.figures().corrupt()).isEqualTo(1);
      log.append(bytes("a"));
    }
    assertThat(left()).containsExactly("a");
  }

  @Test
  void fullDiskRefusesAndLosesNothing() {
    AtomicLong room = new AtomicLong(400);
    Folder open = Folder.open(folder);
    int kept = 0;
    try (WriteLog log =
        WriteLog.open(open, name -> new Bounded(open.create(name), room), 1 << 20)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  log.append(bytes("entry " + i));
                }
              })
          .isInstanceOf(UncheckedIOException.class);
      kept = log.recovered().size();
      room.set(1 << 20);
      log.append(bytes("later"));
    }
    List<String> left = left();
    assertThat(kept).isZero();
    assertThat(left).hasSizeBetween(2, 20).endsWith("later");
    for (int i = 0; i < left.size() - 1; i++) {
      assertThat(left.get(i)).isEqualTo("entry " + i);
    }
  }

  @Test
  void entryThatMayNotBeOnDiskIsNotThere() {
    AtomicInteger failing = new AtomicInteger();
    Folder open = Folder.open(folder);
    try (WriteLog log =
        WriteLog.open(
            open,
            name ->
                new Wrapped(open.create(name)) {
                  @Override
                  public void force() throws IOException {
                    if (failing.getAndDecrement() > 0) {
                      throw new IOException("No");
                    }
                    super.force();
                  }
                },
            1 << 20)) {
      log.append(bytes("a"));
      failing.set(1);
      assertThatThrownBy(() -> log.append(bytes("b"))).isInstanceOf(UncheckedIOException.class);
      failing.set(0);
      log.append(bytes("c"));
    }
    assertThat(left()).containsExactly("a", "c");
  }

  @Test
  void folderIsUsedByOneAtATime() {
    try (WriteLog log = WriteLog.open(folder)) {
      log.append(bytes("a"));
      assertThatThrownBy(() -> WriteLog.open(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("another process");
    }
    assertThat(left()).containsExactly("a");
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    Path inner = folder.resolve("of/its/own");
    try (WriteLog log = WriteLog.open(inner)) {
      log.append(bytes("secret"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(inner)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void filesGoInOrderWhenTheirEntriesAreDone() throws IOException {
    Folder open = Folder.open(folder);
    try (WriteLog log = WriteLog.open(open, open::create, 100)) {
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        numbers.add(log.append(bytes("entry " + i)));
      }
      int most = files(".log").size();
      assertThat(most).isGreaterThan(5);
      log.done(numbers.subList(1, 30));
      assertThat(files(".log")).as("while the first is open").hasSizeGreaterThanOrEqualTo(most);
      log.done(numbers.subList(0, 1));
      assertThat(files(".log")).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void rewrittenLogHasNothingOfWhatIsDone() throws IOException {
    try (WriteLog log = WriteLog.open(folder)) {
      long gone = log.append(bytes("forget me"));
      long stays = log.append(bytes("keep me"));
      log.cancel(List.of(gone));
      log.rewrite(List.of(new LogEntry(stays, bytes("keep me"))));
      assertThat(Files.readString(files(".log").get(0), StandardCharsets.ISO_8859_1))
          .contains("keep me")
          .doesNotContain("forget me");
      assertThat(files(".log")).hasSize(1);
    }
    assertThat(left()).containsExactly("keep me");
  }

  @Test
  void thoseWhoAppendAtTheSameMomentShareASync() throws Exception {
    Folder open = Folder.open(folder);
    int threads = 8;
    int each = 50;
    try (WriteLog log = WriteLog.open(open, name -> new Slow(open.create(name)), 4_096)) {
      ExecutorService writers = Executors.newFixedThreadPool(threads);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int writer = i;
        running.add(
            writers.submit(
                () -> {
                  for (int j = 0; j < each; j++) {
                    log.append(bytes(writer + "-" + j));
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      writers.shutdown();
      assertThat(log.figures().syncs()).isLessThan(threads * each / 2);
    }
    assertThat(left()).hasSize(threads * each).doesNotHaveDuplicates();
  }

  private byte[] written(String... texts) throws IOException {
    try (WriteLog log = WriteLog.open(folder)) {
      for (String text : texts) {
        log.append(bytes(text));
      }
    }
    return Files.readAllBytes(files(".log").get(0));
  }

  private List<String> left() {
    try (WriteLog log = WriteLog.open(folder)) {
      return log.recovered().stream().map(WriteLogTest::text).toList();
    }
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<String> texts(SegmentScan scan) {
    return scan.frames().stream()
        .map(frame -> new String(frame.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String text(LogEntry entry) {
    return new String(entry.payload(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Passes on what is done to a file. */
  private static class Wrapped implements LogFile {
    private final LogFile file;

    Wrapped(LogFile file) {
      this.file = file;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      file.write(bytes);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }

    @Override
    public void truncate(long length) throws IOException {
      file.truncate(length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** A disk with so much room; what does not fit is written in part. */
  private static final class Bounded extends Wrapped {
    private final AtomicLong room;

    Bounded(LogFile file, AtomicLong room) {
      super(file);
      this.room = room;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      int fits = (int) Math.min(bytes.length, room.get());
      room.addAndGet(-fits);
      super.write(Arrays.copyOf(bytes, fits));
      if (fits < bytes.length) {
        throw new IOException("No space left on device");
      }
    }
  }

  /** A disk that takes its time. */
  private static final class Slow extends Wrapped {
    Slow(LogFile file) {
      super(file);
    }

    @Override
    public void force() throws IOException {
      LockSupport.parkNanos(2_000_000);
      super.force();
    }
  }
}
