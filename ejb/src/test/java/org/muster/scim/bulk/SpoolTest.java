package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir private Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void recordsOfAnySizeAreReadAsTheyWereWritten() throws IOException {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    List<byte[]> records = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    try (Spool spool = new Spool(folder)) {
      for (int i = 0; i < 400; i++) {
        byte[] record = new byte[random.nextInt(20) == 0 ? 300_000 : random.nextInt(9_000)];
        random.nextBytes(record);
        records.add(record);
        places.add(spool.append(record, record.length));
        int some = random.nextInt(records.size());
        assertThat(spool.read(places.get(some), records.get(some).length))
            .as("seed " + seed)
            .isEqualTo(records.get(some));
      }
      for (int i = 0; i < records.size(); i++) {
        assertThat(spool.read(places.get(i), records.get(i).length)).isEqualTo(records.get(i));
      }
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void smallSpoolNeedsNoFile() throws IOException {
    try (Spool spool = new Spool(folder)) {
      spool.append(new byte[1_000], 1_000);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void keptSpoolHoldsLittleMemoryAndAllItsRecords() {
    byte[] record = "what became of it".getBytes(StandardCharsets.US_ASCII);
    for (int records : new int[] {0, 1, 100, 10_000, 100_000}) {
      List<Long> places = new ArrayList<>();
      try (Spool spool = new Spool(folder)) {
        for (int i = 0; i < records; i++) {
          places.add(spool.append(record, record.length));
        }
        spool.settle();
        assertThat(spool.inMemory()).isLessThanOrEqualTo(8 * 1024);
        places.add(spool.append(record, record.length));
        for (long place : places) {
          assertThat(spool.read(place, record.length)).isEqualTo(record);
        }
      }
    }
  }

  @Test
  void spoolThatCannotBeWrittenStaysInMemory() {
    byte[] record = new byte[20_000];
    try (Spool spool = new Spool(folder.resolve("missing"))) {
      long place = spool.append(record, record.length);
      spool.settle();
      assertThat(spool.read(place, record.length)).isEqualTo(record);
    }
  }

  @Test
  void diskShowsNothingOfWhatIsSpooled() {
    byte[] secret = "open sesame ".repeat(5_000).getBytes(StandardCharsets.US_ASCII);
    SpoolCipher cipher = new SpoolCipher();
    byte[] disk = cipher.apply(7, secret, secret.length);
    assertThat(new String(disk, StandardCharsets.ISO_8859_1))
        .hasSize(secret.length)
        .doesNotContain("sesame");
    assertThat(cipher.apply(7, disk, disk.length)).isEqualTo(secret);
    for (int from : new int[] {1, 16, 100, 4_097}) {
      byte[] part = Arrays.copyOfRange(disk, from, from + 50);
      assertThat(cipher.apply(7 + from, part, 50))
          .isEqualTo(Arrays.copyOfRange(secret, from, from + 50));
    }
    assertThat(new SpoolCipher().apply(7, secret, secret.length)).isNotEqualTo(disk);
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAtTheStart() throws IOException {
    Files.writeString(folder.resolve("bulk123" + Spool.SUFFIX), "left");
    Files.writeString(folder.resolve("other"), "somebody else's");
    new Spools(folder);
    assertThat(files()).containsExactly(folder.resolve("other"));
  }
}
