package org.muster.cache.coded;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.muster.cache.CacheEntry;
import org.muster.cache.CacheKey;
import org.muster.cache.CacheLevel;
import org.muster.cache.CacheSpace;
import org.muster.cache.Lifetime;
import org.muster.cache.PutCondition;
import org.muster.kernel.TenantId;

/** Holds hits of a level against bare reads of what it is made of, in turns. */
public final class HitFigures {
  /** How many values of 1 KB there are. */
  public static final int COUNT = 10_000;

  private static final int ROUNDS = 7;
  private static final CacheSpace SPACE = new CacheSpace(new TenantId("acme"), "User");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final int reads;

  /** As many reads are a turn. */
  public HitFigures(int reads) {
    this.reads = reads;
  }

  /** A value. */
  public static byte[] value() {
    return new byte[1024];
  }

  /** The text of a key, as long as a resource's. */
  public static String text(int number) {
    return "0198a4c2-7b1e-7c3d-9f00-%012d".formatted(number);
  }

  /** Measures; {@code bare} reads the value of a number. */
  public void run(String name, CacheLevel<byte[]> level, IntConsumer bare) {
    List<CacheKey> keys = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      CacheKey key = new CacheKey(SPACE, text(i));
      keys.add(key);
      level.put(
          key,
          new CacheEntry<>(Optional.of(value()), i + 1, Lifetime.ENDLESS),
          new PutCondition.Always());
    }
    IntConsumer ours =
        number -> {
          if (level.get(keys.get(number)).entry().isEmpty()) {
            throw new IllegalStateException("A miss");
          }
        };
    double best = Double.MAX_VALUE;
    double bestBare = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, nanos(ours));
      bestBare = Math.min(bestBare, nanos(bare));
    }
    out.printf(
        "%s: level %.0f ns, bare %.0f ns a read: %.2f of it%n",
        name, best, bestBare, bestBare / best);
  }

  private double nanos(IntConsumer read) {
    long begin = System.nanoTime();
    for (int i = 0; i < reads; i++) {
      read.accept((int) (i * 7919L % COUNT));
    }
    return (double) (System.nanoTime() - begin) / reads;
  }
}
