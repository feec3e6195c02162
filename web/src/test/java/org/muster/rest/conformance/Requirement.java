package org.muster.rest.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of docs/conformance.md: one sentence of an RFC that has a word of RFC 2119.
 *
 * @param rfc its number
 * @param section such as 3.5.2
 * @param number counts within the section, from 1
 * @param proof tests of a server's line, a place in the documentation, a reason, or a feature
 */
record Requirement(
    String id, String rfc, String section, int number, String level, Kind kind, String proof) {
  /** Whom it binds, and what Muster does about it. */
  enum Kind {
    SERVER("server"),
    DOCUMENTED("documented"),
    DIFFERS("differs"),
    NOT_OFFERED("not offered"),
    CLIENT("client"),
    OTHERS("others"),
    PLANNED("planned");

    final String word;

    Kind(String word) {
      this.word = word;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("No kind of requirement: " + word);
    }
  }

  /** By RFC, section and number, each as numbers. */
  static final Comparator<Requirement> ORDER =
      Comparator.comparing(Requirement::rfc)
          .thenComparing(Requirement::section, Requirement::compareSections)
          .thenComparing(Requirement::number);

  private static final Pattern ROW =
      Pattern.compile(
          "\\| (\\d{4})-([\\d.]+)-(\\d\\d) \\| ([A-Z ]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+\\.\\w+)`");

  /** The requirement of a table's row. */
  static Requirement of(String row) {
    Matcher matcher = ROW.matcher(row);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a row of the ledger: " + row);
    }
    String rfc = matcher.group(1);
    String section = matcher.group(2);
    return new Requirement(
        rfc + "-" + section + "-" + matcher.group(3),
        rfc,
        section,
        Integer.parseInt(matcher.group(3)),
        matcher.group(4),
        Kind.of(matcher.group(6)),
        matcher.group(7));
  }

  /** The tests that its proof names, as Class.method. */
  List<String> tests() {
    List<String> tests = new ArrayList<>();
    Matcher matcher = TEST.matcher(proof);
    while (matcher.find()) {
      tests.add(matcher.group(1));
    }
    return tests;
  }

  private static int compareSections(String left, String right) {
    String[] a = left.split("\\.", -1);
    String[] b = right.split("\\.", -1);
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = Integer.compare(Integer.parseInt(a[i]), Integer.parseInt(b[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }
}
