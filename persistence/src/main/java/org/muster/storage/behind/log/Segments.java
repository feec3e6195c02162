package org.muster.storage.behind.log;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log: the last one is written to, the oldest goes when all its entries are done
 * with. In that order, since an entry may be in one file and that it is done in a later one.
 */
final class Segments {
  static final String ENDING = ".log";
  private static final Logger LOG = System.getLogger(Segments.class.getName());

  private final LogFiles files;
  private final Folder folder;
  private final long mostBytes;
  private final TreeMap<Long, Segment> all = new TreeMap<>();
  private final Map<Long, Segment> open = new HashMap<>();

  /** Those that may be in a file though whoever wrote them was told that they are not. */
  private final Set<Long> doubtful = new TreeSet<>();

  private long lastId;
  private @Nullable LogFile current;
  private boolean sick;
  private boolean closed;

  /** One file. */
  private static final class Segment {
    final String name;
    long bytes;
    int entries;

    Segment(String name, long bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  Segments(Folder folder, LogFiles files, long mostBytes) {
    this.folder = folder;
    this.files = files;
    this.mostBytes = mostBytes;
  }

  private static String name(long id) {
    return String.format(Locale.ROOT, "%019d", id) + ENDING;
  }

  static boolean isName(String name) {
    return name.matches("[0-9]{19}" + Pattern.quote(ENDING));
  }

  private static long id(String name) {
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }

  /** A file of a run before. */
  synchronized void add(String name, long bytes) {
    all.put(id(name), new Segment(name, bytes));
    lastId = Math.max(lastId, id(name));
  }

  /** An entry that is in a file of a run before. */
  synchronized void open(long number, String name) {
    open(number, Objects.requireNonNull(all.get(id(name))));
  }

  private void open(long number, Segment segment) {
    Segment before = open.put(number, segment);
    if (before != null) {
      before.entries--;
    }
    segment.entries++;
  }

  /**
   * Appends; if that fails nothing of it is relied upon.
   *
   * @param entries the numbers of those that are in it; they may have been elsewhere before
   */
  synchronized void write(byte[] bytes, boolean force, List<Long> entries) throws IOException {
    Segment last = all.isEmpty() ? null : all.lastEntry().getValue();
    LogFile file = current;
    if (file == null || last == null || sick || last.bytes >= mostBytes || isIdle(last)) {
      file = roll();
      last = all.lastEntry().getValue();
    }
    sick = true; // after a failure nobody knows what the file has
    try {
      writeDoubtful(file, last);
      doubtful.addAll(entries); // whatever is thrown
      file.write(bytes);
      if (force) {
        file.force();
      }
    } catch (IOException e) {
      cut(file, last.bytes, e);
      throw e;
    }
    sick = false;
    last.bytes += bytes.length;
    if (force) {
      doubtful.clear();
    } else {
      entries.forEach(doubtful::remove);
    }
    for (Long number : entries) {
      open(number, last);
    }
    trimSoon();
  }

  /** Says of those that nobody relies upon that they are done with; stays so when forced. */
  private void writeDoubtful(LogFile file, Segment last) throws IOException {
    if (!doubtful.isEmpty()) {
      byte[] frames = Frame.done(doubtful);
      file.write(frames);
      last.bytes += frames.length;
    }
  }

  /** Those that could not be said to be done with; it is said with what is written next. */
  synchronized void doubt(Collection<Long> numbers) {
    doubtful.addAll(numbers);
  }

  /** Writes anew those that are open still; the files before can go when that is forced. */
  synchronized void rewrite(List<LogEntry> entries) throws IOException {
    LogFile file = roll();
    Segment last = all.lastEntry().getValue();
    List<LogEntry> copied =
        entries.stream().filter(each -> open.containsKey(each.number())).toList();
    sick = true;
    for (LogEntry entry : copied) {
      byte[] frame = new Frame(Frame.Kind.ENTRY, entry.number(), entry.payload()).bytes();
      file.write(frame);
      last.bytes += frame.length;
    }
    file.force();
    sick = false;
    copied.forEach(each -> open(each.number(), last));
    trim();
  }

  private static void cut(LogFile file, long length, IOException why) {
    try {
      file.truncate(length);
    } catch (IOException e) {
      why.addSuppressed(e); // then it is as with any time-out: it may be done, or not
    }
  }

  /** Whether all of it could go if it were not written to. */
  private boolean isIdle(Segment last) {
    return open.isEmpty() && last.bytes > mostBytes / 16;
  }

  private LogFile roll() throws IOException {
    if (closed) {
      throw new IOException("The log is closed");
    }
    endCurrent();
    long id = ++lastId;
    LogFile made = files.create(name(id));
    try {
      made.write(SegmentScan.HEADER);
    } catch (IOException e) {
      giveUp(made, name(id), e);
      throw e;
    }
    all.put(id, new Segment(name(id), SegmentScan.HEADER.length));
    current = made;
    sick = false;
    trimSoon();
    return made;
  }

  private void giveUp(LogFile made, String name, IOException why) {
    try {
      made.close();
      folder.delete(name);
    } catch (IOException e) {
      why.addSuppressed(e); // it is empty, and of no number that is used again
    }
  }

  synchronized void done(Collection<Long> numbers) {
    for (Long number : numbers) {
      Segment segment = open.remove(number);
      if (segment != null) {
        segment.entries--;
      }
    }
    trimSoon();
  }

  private void trim() throws IOException {
    while (all.size() > 1 && all.firstEntry().getValue().entries == 0) {
      folder.delete(all.firstEntry().getValue().name);
      all.pollFirstEntry();
    }
  }

  /** Likewise; if that fails it is tried again with what comes next. */
  private void trimSoon() {
    try {
      trim();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A file of the log could not be removed", e);
    }
  }

  synchronized long bytes() {
    return all.values().stream().mapToLong(segment -> segment.bytes).sum();
  }

  synchronized void close() throws IOException {
    closed = true;
    endCurrent();
  }

  private void endCurrent() throws IOException {
    LogFile file = current;
    current = null;
    if (file != null) {
      file.close();
    }
  }
}
