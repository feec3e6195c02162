package org.muster.bench.load;

import java.io.PrintStream;
import java.util.Locale;

/** A progress bar: redrawn in place on a terminal, a line every ten seconds elsewhere. */
public final class Progress {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;
  private final String what;
  private final long total;
  private final long already;
  private final long started = System.nanoTime();
  private long done;
  private long drawn = started;

  /**
   * Starts the clock.
   *
   * @param already how many were done before, which the rate leaves out
   */
  public Progress(PrintStream out, boolean terminal, String what, long total, long already) {
    this.out = out;
    this.terminal = terminal;
    this.what = what;
    this.total = total;
    this.already = already;
    this.done = already;
  }

  public void advance(long count) {
    done += count;
    long now = System.nanoTime();
    if (now - drawn > (terminal ? 200_000_000L : 10_000_000_000L)) {
      drawn = now;
      out.print((terminal ? "\r" : "") + line(now) + (terminal ? "" : "\n"));
      out.flush();
    }
  }

  public void finish() {
    out.println((terminal ? "\r" : "") + line(System.nanoTime()));
  }

  private String line(long now) {
    return line(what, done, total, (done - already) / ((now - started) / 1e9));
  }

  static String line(String what, long done, long total, double rate) {
    int filled = (int) (total == 0 ? WIDTH : WIDTH * done / total);
    return String.format(
        Locale.ROOT,
        "%-18s [%s%s] %,d of %,d, %,.0f/s",
        what,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        done,
        total,
        rate);
  }
}
