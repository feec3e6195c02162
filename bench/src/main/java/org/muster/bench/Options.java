package org.muster.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to measure and how, from the command line.
 *
 * @param url of the server, for instance {@code http://127.0.0.1:8080}
 * @param token an administrator's, from {@code MUSTER_ADMIN_TOKEN}
 * @param pgPort of PostgreSQL, 0 if it is not to be measured
 * @param pgPid of PostgreSQL's first process, 0 if its CPU is not to be counted
 * @param tenants how many many are
 * @param terminal whether standard error is a terminal
 * @param only the names of the scenarios to run; all if empty
 * @param folder for the ledger and the reports
 */
record Options(
    URI url,
    String token,
    int pgPort,
    String pgUser,
    String pgDatabase,
    long pgPid,
    int users,
    int tenants,
    int connections,
    Duration warmUp,
    Duration measured,
    long seed,
    String scanFilter,
    boolean terminal,
    List<String> only,
    Path folder) {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("url", "http://127.0.0.1:8080"),
          Map.entry("pg-port", "0"),
          Map.entry("pg-user", "postgres"),
          Map.entry("pg-database", "muster"),
          Map.entry("pg-pid", "0"),
          Map.entry("users", "100000"),
          Map.entry("tenants", "1000"),
          Map.entry("connections", "16"),
          Map.entry("warmup", "60"),
          Map.entry("seconds", "30"),
          Map.entry("seed", "2"),
          Map.entry("scan-filter", "nickName eq \"nobody has this\""),
          Map.entry("terminal", "false"),
          Map.entry("only", ""),
          Map.entry("folder", "target/bench"));

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException naming the option that is wrong, and what is right
   */
  static Options parse(List<String> arguments, @Nullable String token) {
    Map<String, String> given = new TreeMap<>(DEFAULTS);
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i).replaceFirst("^--", "");
      if (!DEFAULTS.containsKey(name)) {
        throw new IllegalArgumentException(
            "Unknown option " + arguments.get(i) + "; there are " + new TreeMap<>(DEFAULTS));
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(arguments.get(i) + " needs a value");
      }
      given.put(name, arguments.get(i + 1));
    }
    if (token == null || token.isBlank()) {
      throw new IllegalArgumentException("MUSTER_ADMIN_TOKEN must hold the administrator's token");
    }
    return of(given, token);
  }

  private static Options of(Map<String, String> given, String token) {
    return new Options(
        URI.create(given.getOrDefault("url", "")),
        token,
        (int) number(given, "pg-port", 0, 65535),
        given.getOrDefault("pg-user", ""),
        given.getOrDefault("pg-database", ""),
        number(given, "pg-pid", 0, Integer.MAX_VALUE),
        (int) number(given, "users", 2000, 10_000_000),
        (int) number(given, "tenants", 20, 100_000),
        (int) number(given, "connections", 1, 1000),
        Duration.ofSeconds(number(given, "warmup", 0, 3600)),
        Duration.ofSeconds(number(given, "seconds", 1, 3600)),
        number(given, "seed", 0, Long.MAX_VALUE),
        given.getOrDefault("scan-filter", ""),
        Boolean.parseBoolean(given.getOrDefault("terminal", "")),
        names(given.getOrDefault("only", "")),
        Path.of(given.getOrDefault("folder", "")));
  }

  private static List<String> names(String commaSeparated) {
    List<String> names = new ArrayList<>(List.of(commaSeparated.split(",", -1)));
    names.removeIf(String::isBlank);
    return List.copyOf(names);
  }

  private static long number(Map<String, String> given, String name, long least, long most) {
    String text = given.getOrDefault(name, "");
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the message below says what is right
    }
    throw new IllegalArgumentException(
        "--" + name + " is a whole number from " + least + " to " + most + ", not '" + text + "'");
  }

  boolean runs(String scenario) {
    return only.isEmpty() || only.contains(scenario);
  }

  /** Whether the scenario was chosen by name. */
  boolean asksFor(String scenario) {
    return only.contains(scenario);
  }
}
