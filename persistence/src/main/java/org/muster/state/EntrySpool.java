package org.muster.state;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts any number of entries in the order of their keys, in bounded memory: sorted runs go to files
 * of a folder, which are deleted when this is closed. For one thread; written first, then read.
 */
final class EntrySpool implements Closeable {
  private static final int BYTES = 2 * 4 * Long.BYTES + 1;

  private final Path folder;
  private final int runLength;
  private final List<Path> files = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private List<EntryHash> run = new ArrayList<>();

  /**
   * A spool without entries.
   *
   * @param runLength how many entries are held in memory
   */
  EntrySpool(Path folder, int runLength) {
    this.folder = folder;
    this.runLength = runLength;
  }

  /** Reads one run, whose next entry is {@code head}. */
  private static final class Run implements Closeable {
    private final DataInputStream in;
    private final byte[] bytes = new byte[BYTES];
    EntryHash head;

    Run(Path file) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
      try {
        head = read();
      } catch (IOException e) {
        in.close();
        throw e;
      }
    }

    /** Whether there was one more. */
    boolean advance() throws IOException {
      try {
        head = read();
        return true;
      } catch (EOFException end) {
        return false;
      }
    }

    private EntryHash read() throws IOException {
      in.readFully(bytes);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new EntryHash(Digest.from(buffer), Digest.from(buffer), buffer.get() != 0);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  void add(EntryHash entry) throws IOException {
    run.add(entry);
    if (run.size() == runLength) {
      spill();
    }
  }

  private void spill() throws IOException {
    Collections.sort(run);
    Path file = Files.createTempFile(folder, "roots", ".run");
    files.add(file);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        DataOutputStream data = new DataOutputStream(out)) {
      ByteBuffer buffer = ByteBuffer.allocate(BYTES);
      for (EntryHash entry : run) {
        buffer.clear();
        entry.key().putInto(buffer);
        entry.value().putInto(buffer);
        data.write(buffer.put((byte) (entry.link() ? 1 : 0)).array());
      }
    }
    run = new ArrayList<>();
  }

  /** Hands out entries in the order of their keys. */
  @FunctionalInterface
  interface Sorted {
    /** The next entry; null at the end. */
    @Nullable EntryHash next() throws IOException;
  }

  /** All entries, to be read once. */
  Sorted sorted() throws IOException {
    if (files.isEmpty()) {
      Collections.sort(run);
      var rest = run.iterator();
      return () -> rest.hasNext() ? rest.next() : null;
    }
    if (!run.isEmpty()) {
      spill();
    }
    PriorityQueue<Run> heads =
        new PriorityQueue<>((left, right) -> left.head.compareTo(right.head));
    for (Path file : files) {
      Run opened = new Run(file);
      runs.add(opened);
      heads.add(opened);
    }
    return () -> {
      Run least = heads.poll();
      if (least == null) {
        return null;
      }
      EntryHash entry = least.head;
      if (least.advance()) {
        heads.add(least);
      }
      return entry;
    };
  }

  @Override
  public void close() throws IOException {
    try {
      for (Run opened : runs) {
        opened.close();
      }
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
