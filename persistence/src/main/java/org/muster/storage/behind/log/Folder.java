package org.muster.storage.behind.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one process uses at a time, which nobody else may read. What is in it survives a
 * loss of power once a call has returned.
 */
public final class Folder implements AutoCloseable {
  /** Each thread that writes keeps a buffer outside of the heap as large as what it writes. */
  private static final int SLICE_BYTES = 64 << 10;

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel lockFile;

  private Folder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Opens it, and makes it if it is not there.
   *
   * @throws IllegalStateException if it can't be used, or another process uses it
   */
  public static Folder open(Path path) {
    FileChannel channel;
    FileLock lock;
    try {
      Files.createDirectories(path, permissions("rwx------"));
      channel =
          FileChannel.open(
              path.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              permissions("rw-------"));
      lock = lock(channel);
    } catch (IOException e) {
      throw new IllegalStateException(path + " can't be used to keep what is to be written", e);
    }
    if (lock == null) {
      closeQuietly(channel);
      throw new IllegalStateException(path + " is in use by another process; each has its own");
    }
    return new Folder(path, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it
    }
  }

  private static FileAttribute<?>[] permissions(String form) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(form))
        }
        : new FileAttribute<?>[0];
  }

  /** The names of the files with that ending, in order. */
  public List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    }
  }

  /** What a file has. */
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(path.resolve(name));
  }

  /** Makes a file that was not there. */
  LogFile create(String name) throws IOException {
    FileChannel channel = FileChannel.open(path.resolve(name), NEW, permissions("rw-------"));
    try {
      forceNames();
    } catch (IOException e) {
      closeQuietly(channel);
      Files.deleteIfExists(path.resolve(name));
      throw e;
    }
    return new ChannelFile(channel);
  }

  /** Writes a file as a whole, in the place of what is there under the name. */
  public void replace(String name, byte[] bytes) throws IOException {
    Path unfinished = path.resolve(name + ".part");
    Files.deleteIfExists(unfinished);
    try (FileChannel channel = FileChannel.open(unfinished, NEW, permissions("rw-------"))) {
      writeAll(channel, bytes);
      channel.force(true);
    }
    Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    forceNames();
  }

  /** Removes a file; whether there was one. */
  public boolean delete(String name) throws IOException {
    boolean deleted = Files.deleteIfExists(path.resolve(name));
    if (deleted) {
      forceNames();
    }
    return deleted;
  }

  /** Has the names of the files survive too. */
  void forceNames() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        throw e;
      } // else folders can't be opened there
    }
  }

  @Override
  public void close() {
    closeQuietly(lockFile);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is lost with a lock
    }
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += SLICE_BYTES) {
      ByteBuffer slice = ByteBuffer.wrap(bytes, at, Math.min(SLICE_BYTES, bytes.length - at));
      while (slice.hasRemaining()) {
        channel.write(slice);
      }
    }
  }

  /** A file of it. */
  private record ChannelFile(FileChannel channel) implements LogFile {
    @Override
    public void write(byte[] bytes) throws IOException {
      writeAll(channel, bytes);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long length) throws IOException {
      channel.truncate(length);
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
