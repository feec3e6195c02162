package org.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What this computer is, as far as figures depend on it. */
final class Machine {
  private Machine() {}

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores, %s, %s, Linux %s",
        cores(),
        value("/proc/cpuinfo", "model name"),
        memory(),
        System.getProperty("os.version"));
  }

  private static String memory() throws IOException {
    String kibibytes = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return kibibytes.isEmpty() ? "?" : Math.round(Long.parseLong(kibibytes) / 1048576.0) + " GiB";
  }

  private static String value(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("?");
  }
}
