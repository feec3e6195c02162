package org.muster.scim.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records that are appended and read by their place: the last ones in memory, the others in a file
 * that only this process can read, and that is gone when the spool is closed. Thread-safe.
 */
final class Spool implements Closeable {
  static final String SUFFIX = ".spool";
  private static final int MEMORY_BYTES = 256 * 1024;
  private static final int USUAL_BYTES = 8 * 1024;
  private static final Logger LOG = System.getLogger(Spool.class.getName());

  private final Path folder;
  private final SpoolCipher cipher = new SpoolCipher();
  private byte[] tail = new byte[USUAL_BYTES];
  private int used;
  private long written;
  private @Nullable FileChannel file;

  /**
   * An empty spool.
   *
   * @param folder where its file is made, if it needs one
   */
  Spool(Path folder) {
    this.folder = folder;
  }

  /** Appends a record and returns its place. */
  synchronized long append(byte[] record, int length) {
    if (used + length > MEMORY_BYTES) {
      write(tail, used);
      used = 0;
    }
    long place = written + used;
    if (length > MEMORY_BYTES) {
      write(record, length);
      return place;
    }
    if (used + length > tail.length) {
      tail = Arrays.copyOf(tail, Math.min(MEMORY_BYTES, Math.max(used + length, 2 * tail.length)));
    }
    System.arraycopy(record, 0, tail, used, length);
    used += length;
    return place;
  }

  /** The record of that length at a place. */
  synchronized byte[] read(long place, int length) {
    if (place >= written) {
      int start = (int) (place - written);
      return Arrays.copyOfRange(tail, start, start + length);
    }
    byte[] record = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(record);
    try {
      FileChannel channel = channel();
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, place + buffer.position()) < 0) {
          throw new IOException("A spool is shorter than what was written to it");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cipher.apply(place, record, length);
  }

  /**
   * Holds little memory from now on, for a spool that is kept for a while: what is more than a
   * little goes to the file; where that fails, all stays as it is.
   */
  synchronized void settle() {
    if (used > USUAL_BYTES) {
      try {
        write(tail, used);
      } catch (UncheckedIOException e) {
        LOG.log(Level.WARNING, "A bulk answer stays in memory, since it can't be written", e);
        return;
      }
      used = 0;
    }
    tail = Arrays.copyOf(tail, used);
  }

  /** How many bytes of records, or of room for them, are in memory. */
  synchronized int inMemory() {
    return tail.length;
  }

  private void write(byte[] bytes, int length) {
    if (length == 0) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(cipher.apply(written, bytes, length));
    try {
      FileChannel channel = channel();
      while (buffer.hasRemaining()) {
        channel.write(buffer, written + buffer.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written += length;
  }

  private FileChannel channel() throws IOException {
    FileChannel known = file;
    if (known == null) {
      Path path = Files.createTempFile(folder, "bulk", SUFFIX); // which nobody else can read
      known =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    FileChannel known = file;
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
