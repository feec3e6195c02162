package org.muster.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.muster.bench.report.Json;
import org.muster.bench.report.Markdown;
import org.muster.bench.report.Results;

/** Measures a running server: the report goes to standard output and to two files. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments), System.getenv("MUSTER_ADMIN_TOKEN"));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    try {
      report(Bench.run(options), options.folder());
    } catch (IOException | IllegalStateException e) {
      System.err.println("The benchmarks stopped: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void report(Results results, Path folder) throws IOException {
    String markdown = Markdown.of(results, Machine.cores());
    Files.writeString(folder.resolve("report.md"), markdown);
    Files.writeString(folder.resolve("report.json"), Json.of(results, Machine.cores()));
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(markdown);
  }
}
