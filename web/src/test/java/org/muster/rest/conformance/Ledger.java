package org.muster.rest.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.muster.rest.conformance.Requirement.Kind;

/** docs/conformance.md: its requirements in the order of the page, and the counts at its head. */
record Ledger(List<Requirement> requirements, List<String> misplaced, String head) {
  private static final List<String> RFCS =
      List.of("7643", "7644", "8417", "8935", "8936", "9865", "9967");
  private static final Pattern HEADING = Pattern.compile("### (\\d{4}) §([\\d.]+) .+");
  private static final String START = "<!-- counts -->\n";
  private static final String END = "<!-- end of counts -->";

  static Ledger read(Path page) throws IOException {
    String text = Files.readString(page);
    List<Requirement> requirements = new ArrayList<>();
    List<String> misplaced = new ArrayList<>();
    String place = "";
    for (String line : text.lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        place = heading.group(1) + "-" + heading.group(2);
      } else if (line.matches("\\| \\d{4}-.*")) {
        Requirement requirement = Requirement.of(line);
        requirements.add(requirement);
        if (!place.equals(requirement.rfc() + "-" + requirement.section())) {
          misplaced.add(requirement.id() + " under " + place);
        }
      }
    }
    int start = text.indexOf(START) + START.length();
    return new Ledger(
        List.copyOf(requirements), misplaced, text.substring(start, text.indexOf(END, start)));
  }

  /** What the head has to be for these requirements. */
  String wantedHead() {
    List<String> titles = new ArrayList<>(RFCS);
    titles.add(0, "");
    titles.add("all");
    StringBuilder head = new StringBuilder(line(titles.toArray(String[]::new)));
    head.append("|---|").append("---:|".repeat(titles.size() - 1)).append('\n');
    for (Kind kind : Kind.values()) {
      head.append(counts(kind.word, requirement -> requirement.kind() == kind));
    }
    head.append(counts("**all**", requirement -> true));
    long unproven = of(Kind.SERVER).stream().filter(line -> line.tests().isEmpty()).count();
    return head.append("\nThe server's lines are proven by ")
        .append(tests().size())
        .append(" tests; ")
        .append(unproven == 0 ? "none" : unproven)
        .append(" is without one.\n")
        .toString();
  }

  List<Requirement> of(Kind kind) {
    return requirements.stream().filter(requirement -> requirement.kind() == kind).toList();
  }

  /** All tests that prove a line of the server. */
  TreeSet<String> tests() {
    TreeSet<String> tests = new TreeSet<>();
    of(Kind.SERVER).forEach(requirement -> tests.addAll(requirement.tests()));
    return tests;
  }

  private String counts(String name, Predicate<Requirement> chosen) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (String rfc : RFCS) {
      cells.add(count(chosen.and(requirement -> requirement.rfc().equals(rfc))));
    }
    cells.add(count(chosen));
    return line(cells.toArray(String[]::new));
  }

  private String count(Predicate<Requirement> chosen) {
    return Long.toString(requirements.stream().filter(chosen).count());
  }

  private static String line(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
