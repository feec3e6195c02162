package org.muster.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that live objects hold in another JVM: {@code jcmd GC.class_histogram}, which collects
 * the whole heap and counts what is left in one pause.
 */
public final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");
  private static final long PATIENCE_SECONDS = 120;

  private final long pid;

  public LiveHeap(long pid) {
    this.pid = pid;
  }

  public long bytes() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jcmd",
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      jcmd.destroy();
      throw new IOException("jcmd " + pid + " did not end");
    }
    return parse(out);
  }

  static long parse(String histogram) throws IOException {
    Matcher matcher = TOTAL.matcher(histogram);
    if (!matcher.find()) {
      throw new IOException(
          "No class histogram: " + histogram.substring(0, Math.min(200, histogram.length())));
    }
    return Long.parseLong(matcher.group(1));
  }
}
