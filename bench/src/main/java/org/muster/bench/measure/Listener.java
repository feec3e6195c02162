package org.muster.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the process that listens on a TCP port of this machine. */
public final class Listener {
  private static final String LISTEN = "0A";

  private Listener() {}

  public static OptionalLong processOn(int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.isReadable(Path.of(table))) {
        sockets.addAll(sockets(Files.readAllLines(Path.of(table)), port));
      }
    }
    for (ProcStat process : ProcStat.all(ProcStat.PROC)) {
      if (holds(process.pid(), sockets)) {
        return OptionalLong.of(process.pid());
      }
    }
    return OptionalLong.empty();
  }

  /** The inodes of the sockets that listen on {@code port}, from a table as in proc_net_tcp. */
  static Set<String> sockets(List<String> table, int port) {
    String local = String.format(Locale.ROOT, ":%04X", port);
    Set<String> inodes = new HashSet<>();
    for (String line : table) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length > 9 && fields[1].endsWith(local) && fields[3].equals(LISTEN)) {
        inodes.add("socket:[" + fields[9] + "]");
      }
    }
    return inodes;
  }

  private static boolean holds(long pid, Set<String> sockets) {
    Path open = ProcStat.PROC.resolve(pid + "/fd");
    try (Stream<Path> files = Files.list(open)) {
      return files.anyMatch(file -> sockets.contains(linkTarget(file)));
    } catch (IOException | RuntimeException e) {
      return false; // it has ended, or is another user's
    }
  }

  private static String linkTarget(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
