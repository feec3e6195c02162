package org.muster.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheSpace;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.kernel.TenantId;

/** Entries on disk: there after a restart, unless somebody may have voided them meanwhile. */
final class StorageTest {
  private static final String VALUE = "a value that is easily found in a file";

  private final CacheKey key = new CacheKey(new CacheSpace(new TenantId("acme"), "User"), "1");
  @TempDir private Path folder;

  private void put() {
    try (InfinispanNode node = TestNodes.alone(Optional.of(folder))) {
      TestNodes.level(node, Sharing.LOCAL)
          .put(
              key,
              new CacheEntry<>(Optional.of(VALUE), 1, Lifetime.ENDLESS),
              new PutCondition.Always());
    }
  }

  private Optional<String> read() {
    try (InfinispanNode node = TestNodes.alone(Optional.of(folder))) {
      return TestNodes.level(node, Sharing.LOCAL).get(key).entry().flatMap(CacheEntry::value);
    }
  }

  @Test
  void entryIsThereAfterARestart() {
    put();
    assertThat(read()).contains(VALUE);
    assertThat(read()).contains(VALUE);
  }

  @Test
  void nothingIsThereAfterAnEndOutOfOrder() throws IOException {
    put();
    Files.delete(folder.resolve("ended-in-order"));
    assertThat(read()).isEmpty();
  }

  @Test
  void spoiledEntryIsCountedAndNotServed() throws IOException {
    put();
    assertThat(spoil()).isPositive();
    try (InfinispanNode node = TestNodes.alone(Optional.of(folder))) {
      InfinispanLevel<String> level = TestNodes.level(node, Sharing.LOCAL);
      assertThat(level.get(key).entry()).isEmpty();
      assertThat(level.stats(key.space()).corrupt()).isEqualTo(1);
      assertThat(level.exists(key)).isFalse();
    }
  }

  /** Changes a letter of the value wherever it is on disk; how often. */
  private int spoil() throws IOException {
    int spoiled = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains(VALUE)) {
          Files.writeString(
              file,
              text.replace(VALUE, VALUE.toUpperCase(Locale.ROOT)),
              StandardCharsets.ISO_8859_1);
          spoiled++;
        }
      }
    }
    return spoiled;
  }
}
