package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.kernel.Version;
import org.muster.scim.policy.Limit;
import org.muster.scim.policy.Limits;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.StorageKey;
import org.muster.storage.memory.MemoryStorage;

/** What a bulk request of 100,000 operations holds in memory does not grow with its payload. */
class BulkMemoryTest {
  private static final int OPERATIONS = 100_000;
  private static final String FILLER = "f".repeat(2_000);
  private static final long MOST_BYTES = 48L << 20;

  /** One operation of a mebibyte of the worst JSON is some 30 as a tree. */
  private static final long MOST_OF_LARGE_ONES = 16L << 20;

  @TempDir private Path folder;

  /** Forgets what it is given, so that all that memory holds is the request's. */
  private static final class Forgetful extends ForwardingStorage {
    final List<Long> live = new ArrayList<>();
    private final int looks;
    private int applied;

    /**
     * A storage.
     *
     * @param looks after how many batches to look what memory holds
     */
    Forgetful(int looks) {
      super(new MemoryStorage(Clock.systemUTC()));
      this.looks = looks;
    }

    @Override
    public Applied apply(Batch batch) {
      if (applied++ % looks == 0) {
        live.add(liveBytes());
      }
      Map<StorageKey, Applied.Stamp> stamps = new HashMap<>();
      Instant now = Instant.EPOCH;
      for (Change change : batch.changes()) {
        stamps.put(change.key(), new Applied.Stamp(new Version(1), now, now));
      }
      return new Applied(Optional.empty(), stamps, List.of());
    }
  }

  /** A request that is made while it is read. */
  private static final class Generated extends InputStream {
    private byte[] current =
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
            .getBytes(StandardCharsets.US_ASCII);
    private int at;
    private int next;
    long bytes;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == current.length && !advance()) {
        return -1;
      }
      int count = Math.min(length, current.length - at);
      System.arraycopy(current, at, into, offset, count);
      at += count;
      bytes += count;
      return count;
    }

    private boolean advance() {
      if (next > OPERATIONS) {
        return false;
      }
      String text = next == OPERATIONS ? "]}" : (next == 0 ? "" : ",") + operation(next);
      next++;
      current = text.replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
      at = 0;
      return true;
    }

    private static String operation(int number) {
      return Desk.user("u" + number, "user" + number, "'title':'" + FILLER + "'");
    }
  }

  @Test
  void memoryStaysFlatWhateverTheSizeOfTheRequest() {
    Forgetful storage = new Forgetful(200);
    Limits limits =
        new Limits(
            Map.of(Limit.BULK_OPERATIONS, (long) OPERATIONS, Limit.BULK_PAYLOAD_BYTES, 1L << 30));
    Desk desk = new Desk(storage, folder, limits, Runnable::run);
    long rest = liveBytes();
    Generated request = new Generated();
    try (BulkResults results = desk.bulk.run(desk.ownCall(), request, -1)) {
      assertThat(results.done()).isEqualTo(OPERATIONS);
      assertThat(results.errors()).isZero();
    }
    assertThat(request.bytes).isGreaterThan(200L << 20);
    assertThat(storage.live).hasSizeGreaterThan(3);
    assertThat(Collections.max(storage.live) - rest)
        .as("live bytes above the %d at rest, while %d were read", rest, request.bytes)
        .isLessThan(MOST_BYTES);
  }

  @Test
  void dataThatTakeMoreMemoryThanBytesAreNotHeldTogether() {
    String empty = "'x':[" + String.join(",", Collections.nCopies(300_000, "{}")) + "]";
    List<String> operations = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      operations.add(Desk.user("u" + i, "user" + i, empty));
    }
    Forgetful storage = new Forgetful(1);
    Desk desk = new Desk(storage, folder, Limits.USUAL, Runnable::run);
    String body = Desk.request("", operations);
    operations.clear();
    long rest = liveBytes();
    assertThat(Desk.statuses(desk.body(body))).hasSize(6).containsOnly("201");
    assertThat(Collections.max(storage.live) - rest)
        .as("live bytes above the %d at rest", rest)
        .isLessThan(MOST_OF_LARGE_ONES);
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
