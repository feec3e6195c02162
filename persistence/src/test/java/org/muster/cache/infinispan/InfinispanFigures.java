package org.muster.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.infinispan.AdvancedCache;
import org.muster.cache.coded.BytesCodec;
import org.muster.cache.coded.HitFigures;

/** What a hit in Infinispan costs, and what a bare one. To be run by hand. */
final class InfinispanFigures {
  private InfinispanFigures() {}

  public static void main(String[] arguments) {
    try (InfinispanNode node = TestNodes.alone(Optional.empty())) {
      measure("local", node, Sharing.LOCAL);
    }
    try (TestNodes nodes = new TestNodes(2)) {
      InfinispanNode node = nodes.start(0);
      nodes.start(1).level(settings(Sharing.REPLICATED), new BytesCodec());
      measure("replicated", node, Sharing.REPLICATED);
    }
    System.exit(0);
  }

  private static LevelSettings settings(Sharing sharing) {
    return new LevelSettings("figures", sharing, 0, 100_000);
  }

  private static void measure(String name, InfinispanNode node, Sharing sharing) {
    InfinispanLevel<byte[]> level = node.level(settings(sharing), new BytesCodec());
    AdvancedCache<byte[], byte[]> cache = node.cache("figures");
    byte[][] keys = new byte[HitFigures.COUNT][]; // not those that it has, as with any reader
    for (int i = 0; i < keys.length; i++) {
      keys[i] = HitFigures.text(i).getBytes(UTF_8);
      cache.put(keys[i].clone(), HitFigures.value());
    }
    HitFigures figures = new HitFigures(2_000_000);
    figures.run(name, level, number -> Objects.requireNonNull(cache.get(keys[number])));
    // a level looks at each byte of a value, for its checksum, and hands out one of its own
    figures.run(
        name + ", value read",
        level,
        number -> {
          byte[] value = Objects.requireNonNull(cache.get(keys[number])).clone();
          CRC32C checksum = new CRC32C();
          checksum.update(value);
          if (checksum.getValue() == 0) {
            throw new IllegalStateException("Not the value");
          }
        });
  }
}
