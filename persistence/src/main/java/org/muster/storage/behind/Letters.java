package org.muster.storage.behind;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.muster.storage.DeadWrite;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.behind.log.Folder;

/** The dead letters, a file each in the folder of the log. Thread-safe. */
final class Letters {
  /** Beyond that nothing is acknowledged early, until some have been looked at. */
  static final int MOST = 10_000;

  private static final String ENDING = ".letter";

  private final Folder folder;
  private final SortedMap<Long, DeadWrite> known = new ConcurrentSkipListMap<>();
  private final AtomicLong corrupt = new AtomicLong();

  private Letters(Folder folder) {
    this.folder = folder;
  }

  /** Those that are in a folder; what is damaged stays there, and is counted. */
  static Letters in(Folder folder) throws IOException {
    Letters letters = new Letters(folder);
    for (String name : folder.names(ENDING)) {
      try {
        Opened opened = decode(folder.read(name));
        letters.known.put(opened.letter.id(), opened.letter);
      } catch (IOException e) {
        letters.corrupt.incrementAndGet();
      }
    }
    return letters;
  }

  /** A letter with its writes. */
  record Opened(DeadWrite letter, List<PendingWrite> writes) {}

  /** Keeps what the store did not take; it survives a crash when this returns. */
  void add(List<PendingWrite> writes, Instant since, String why) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(since.toEpochMilli());
      WriteCodec.text(out, why);
      out.writeInt(writes.size());
      for (PendingWrite write : writes) {
        byte[] encoded = WriteCodec.encode(write);
        out.writeInt(encoded.length);
        out.write(encoded);
      }
      out.writeLong(sum(bytes.toByteArray(), bytes.size()));
    }
    DeadWrite letter = described(writes, since, why);
    folder.replace(letter.id() + ENDING, bytes.toByteArray());
    known.put(letter.id(), letter);
  }

  private static Opened decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Instant since = Instant.ofEpochMilli(in.readLong());
      String why = WriteCodec.text(in);
      int count = in.readInt();
      List<PendingWrite> writes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
          throw new IOException("Not a letter");
        }
        writes.add(WriteCodec.decode(in.readNBytes(length)));
      }
      if (writes.isEmpty() || in.readLong() != sum(bytes, bytes.length - Long.BYTES)) {
        throw new IOException("Not a letter");
      }
      return new Opened(described(writes, since, why), writes);
    }
  }

  private static long sum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  private static DeadWrite described(List<PendingWrite> writes, Instant since, String why) {
    PendingWrite first = writes.get(0);
    PendingWrite last = writes.get(writes.size() - 1);
    return new DeadWrite(
        first.stored().version().value(),
        first.key(),
        writes.size(),
        first.base(),
        last.stored().version(),
        last.stored().modified(),
        since,
        why,
        last.origin());
  }

  List<DeadWrite> page(long after, int limit) {
    return known.tailMap(after + 1).values().stream().limit(limit).toList();
  }

  Optional<Opened> open(long id) {
    if (!known.containsKey(id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(folder.read(id + ENDING)));
    } catch (IOException e) {
      throw new StorageException.Corrupt("A dead letter can't be read", e);
    }
  }

  boolean remove(long id) {
    if (!known.containsKey(id)) {
      return false;
    }
    try {
      folder.delete(id + ENDING); // first: what fails is to be found again
      return known.remove(id) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets those of keys; how many there were. */
  int remove(Predicate<StorageKey> keys) {
    Collection<DeadWrite> gone =
        known.values().stream().filter(letter -> keys.test(letter.key())).toList();
    gone.forEach(letter -> remove(letter.id()));
    return gone.size();
  }

  int size() {
    return known.size();
  }

  boolean hasRoom() {
    return known.size() < MOST;
  }

  long corrupt() {
    return corrupt.get();
  }
}
