package org.muster.storage.behind.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log in a folder: entries are appended with fsync, and are there after a crash until they are
 * done with. Those that many threads append at the same moment share one fsync. Thread-safe.
 *
 * <p>An end that was torn by a crash is cut. What is damaged otherwise is counted, left out and put
 * beside, in files that end with {@value #DAMAGED}; what comes after it is read.
 */
public final class WriteLog implements AutoCloseable {
  private static final String DAMAGED = ".damaged";
  private static final long SEGMENT_BYTES = 16 << 20;

  private final Folder folder;
  private final Segments segments;
  private final Appender appender;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong corrupt = new AtomicLong();
  private final AtomicLong syncs = new AtomicLong();
  private final AtomicLong syncNanos = new AtomicLong();
  private List<LogEntry> recovered = List.of();

  private WriteLog(Folder folder, LogFiles files, long segmentBytes) {
    this.folder = folder;
    this.segments = new Segments(folder, files, segmentBytes);
    this.appender = new Appender(this::write);
  }

  /**
   * Opens the log in a folder, and reads what is not done with.
   *
   * @throws IllegalStateException if the folder can't be used, or another process uses it
   */
  public static WriteLog open(Path path) {
    return open(Folder.open(path));
  }

  /** The same, in a folder that is open; closed with the log. */
  public static WriteLog open(Folder folder) {
    return open(folder, folder::create, SEGMENT_BYTES);
  }

  static WriteLog open(Folder folder, LogFiles files, long segmentBytes) {
    WriteLog log = new WriteLog(folder, files, segmentBytes);
    try {
      log.recover();
    } catch (IOException e) {
      folder.close();
      throw new IllegalStateException("What is to be written can't be read", e);
    }
    return log;
  }

  private void recover() throws IOException {
    Map<Long, byte[]> entries = new TreeMap<>();
    Map<Long, String> places = new HashMap<>();
    Set<Long> done = new HashSet<>();
    for (String name : folder.names(Segments.ENDING)) {
      if (!Segments.isName(name)) {
        continue;
      }
      byte[] bytes = folder.read(name);
      SegmentScan scan = SegmentScan.of(bytes);
      segments.add(name, bytes.length);
      for (Frame frame : scan.frames()) {
        numbers.accumulateAndGet(frame.number(), Math::max);
        if (frame.kind() == Frame.Kind.ENTRY) {
          entries.put(frame.number(), frame.payload());
          places.put(frame.number(), name);
        } else {
          done.add(frame.number());
        }
      }
      putBeside(name, scan.damaged());
    }
    entries.keySet().removeAll(done);
    places.keySet().removeAll(done);
    places.forEach(segments::open);
    recovered =
        entries.entrySet().stream()
            .map(each -> new LogEntry(each.getKey(), each.getValue()))
            .toList();
  }

  private void putBeside(String name, List<byte[]> damaged) throws IOException {
    corrupt.addAndGet(damaged.size());
    for (int i = 0; i < damaged.size(); i++) {
      folder.replace(name + "." + i + DAMAGED, damaged.get(i));
    }
  }

  /** What was there when it was opened, in the order in which it was appended; given once. */
  public List<LogEntry> recovered() {
    List<LogEntry> given = recovered;
    recovered = List.of();
    return given;
  }

  /** Counts an entry that can't be read though it is as it was written; it is put beside. */
  public void damaged(LogEntry entry) {
    corrupt.incrementAndGet();
    try {
      folder.replace("entry-" + entry.number() + DAMAGED, entry.payload());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Appends; it is there after a crash when this returns.
   *
   * @return its number, which is higher than those before
   * @throws UncheckedIOException if it could not be written, for instance since the disk is full
   */
  public long append(byte[] payload) {
    Frame frame = new Frame(Frame.Kind.ENTRY, numbers.incrementAndGet(), payload);
    append(frame.bytes(), true, List.of(frame.number()));
    return frame.number();
  }

  /** Forgets entries. After a crash that follows at once they may be there again. */
  public void done(Collection<Long> entries) {
    forget(entries, false);
  }

  /** Forgets entries; they are never there again when this returns. */
  public void cancel(Collection<Long> entries) {
    forget(entries, true);
  }

  private void forget(Collection<Long> entries, boolean force) {
    segments.done(entries); // first: what is written anew at this moment must not have them
    boolean done = false;
    try {
      if (!entries.isEmpty()) {
        append(Frame.done(entries), force, List.of());
      }
      done = true;
    } finally {
      if (!done) {
        segments.doubt(entries);
      }
    }
  }

  /** Writes those that are to stay anew, so that no file has anything of those that are done. */
  public void rewrite(List<LogEntry> open) {
    try {
      segments.rewrite(open);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(byte[] bytes, boolean force, List<Long> entries) {
    try {
      appender.append(bytes, force, entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes, boolean force, List<Long> entries) throws IOException {
    long begin = System.nanoTime();
    segments.write(bytes, force, entries);
    if (force) {
      syncs.incrementAndGet();
      syncNanos.addAndGet(System.nanoTime() - begin);
    }
  }

  /** What it has, and has done. */
  public LogFigures figures() {
    return new LogFigures(segments.bytes(), corrupt.get(), syncs.get(), syncNanos.get());
  }

  /** Closes it, and the folder. */
  @Override
  public void close() {
    try {
      segments.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      folder.close();
    }
  }
}
