package org.muster.bench.scenario;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;
import org.muster.bench.http.Traffic;

/** Puts entries of 1 KB into a cache for applications, once each. */
final class CacheEntries implements Traffic {
  /** How many there are. */
  static final int COUNT = 1_000;

  private static final String ENTRIES = "/storage/v1/caches/bench/entries/k";
  private static final String VALUE = "{\"value\":\"" + "x".repeat(1_012) + "\"}";

  private final Target target;
  private int next;
  private int done;

  CacheEntries(Target target) {
    this.target = target;
  }

  static String path(int number) {
    return ENTRIES + number;
  }

  /**
   * Puts all of them.
   *
   * @throws IOException if one was refused
   */
  static void put(Server server) throws IOException {
    CacheEntries entries = new CacheEntries(server.target());
    server.run(entries);
    if (entries.done < COUNT) {
      throw new IOException("Only " + entries.done + " of " + COUNT + " entries could be put");
    }
  }

  @Override
  public @Nullable Request next(int connection) {
    return next == COUNT ? null : target.put(path(next++), VALUE);
  }

  @Override
  public void answered(int connection, Answer answer) {
    done += answer.ok() ? 1 : 0;
  }
}
