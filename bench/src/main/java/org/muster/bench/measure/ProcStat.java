package org.muster.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/**
 * A line of {@code /proc/<pid>/stat} (proc(5)).
 *
 * @param ownTicks user and system time of the process
 * @param reapedTicks the same of the children that it has waited for
 */
record ProcStat(long pid, long parent, long ownTicks, long reapedTicks) {
  static final Path PROC = Path.of("/proc");

  static ProcStat parse(String line) {
    int nameEnd = line.lastIndexOf(')'); // the name may hold spaces and parentheses
    long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
    List<String> fields = new ArrayList<>();
    StringTokenizer rest = new StringTokenizer(line.substring(nameEnd + 1));
    while (rest.hasMoreTokens()) {
      fields.add(rest.nextToken());
    }
    return new ProcStat(
        pid,
        Long.parseLong(fields.get(1)),
        Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)),
        Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14)));
  }

  /** Empty if the process has ended. */
  static Optional<ProcStat> of(Path proc, long pid) throws IOException {
    try {
      Path file = proc.resolve(Long.toString(pid)).resolve("stat");
      return Optional.of(parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No such process")) {
        return Optional.empty(); // ended between open and read
      }
      throw e;
    }
  }

  /** All processes of the machine. */
  static List<ProcStat> all(Path proc) throws IOException {
    List<ProcStat> all = new ArrayList<>();
    try (Stream<Path> entries = Files.list(proc)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (name.chars().allMatch(Character::isDigit)) {
          of(proc, Long.parseLong(name)).ifPresent(all::add);
        }
      }
    }
    return all;
  }
}
