package org.muster.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks exports that {@link AuditExport} wrote, without a server and with nothing but the JDK:
 * that no line was changed, added, taken out or moved, that each file is whole, and that each goes
 * on where the one before it ended.
 */
public final class VerifyExport {
  private static final Pattern HEAD =
      Pattern.compile(
          "\\{\"audit\":1,\"tenant\":\"([a-z0-9-]{1,63})\",\"after\":\"([0-9]{1,19})\","
              + "\"previous\":\"([0-9a-f]{64})\"}");
  private static final Pattern PART =
      Pattern.compile(
          "\\{\"part\":([0-9]{1,9}),\"events\":([0-9]{1,9}),\"next\":\"([0-9]{1,19})\","
              + "\"root\":\"([0-9a-f]{64})\"}");
  private static final Pattern END =
      Pattern.compile(
          "\\{\"end\":true,\"parts\":([0-9]{1,9}),\"events\":([0-9]{1,9}),"
              + "\"next\":\"([0-9]{1,19})\",\"complete\":(true|false),\"root\":\"([0-9a-f]{64})\"}");
  private static final Pattern POSITION =
      Pattern.compile("\\{\"id\":\"[0-9a-f-]{36}\",\"position\":\"([0-9]{1,19})\",.*}");

  /** Longer than any line that an export has. */
  private static final int LINE_MOST = 64 << 20;

  private VerifyExport() {}

  /** What is wrong with a file, and where. */
  public static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    Damaged(long line, String what) {
      super("line " + line + ": " + what);
    }
  }

  /**
   * What a file that is whole says of itself.
   *
   * @param next the position that the next export goes on behind
   * @param root what the next export goes on from
   */
  public record Verified(String tenant, String previous, long events, String next, String root) {}

  /** Checks the files that are named, each the next of the one before; exit code 1 if one fails. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (arguments.length == 0) {
      err.println("Name the files of an audit export, in their order.");
      return 2;
    }
    Optional<Verified> before = Optional.empty();
    for (String name : arguments) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(name)))) {
        Verified file = verify(in, before);
        out.printf(
            "%s: %,d events of %s, root %s%n", name, file.events(), file.tenant(), file.root());
        before = Optional.of(file);
      } catch (Damaged e) {
        err.println(name + ": " + e.getMessage());
        return 1;
      } catch (IOException e) {
        err.println(name + ": it can't be read: " + e);
        return 2;
      }
    }
    return 0;
  }

  /**
   * Checks one file.
   *
   * @param before the one that it has to go on from, if there is one
   */
  public static Verified verify(InputStream in, Optional<Verified> before)
      throws IOException, Damaged {
    return new Reading(in).verify(before);
  }

  /** One file, for one thread. */
  private static final class Reading {
    private final InputStream in;
    private long line;
    private byte[] bytes = {};
    private String text = "";

    Reading(InputStream in) {
      this.in = in;
    }

    Verified verify(Optional<Verified> before) throws IOException, Damaged {
      Matcher head = next(HEAD, "the head of an export is missing");
      String tenant = head.group(1);
      String previous = head.group(3);
      if (before.isPresent()) {
        check(
            before.get().tenant().equals(tenant)
                && before.get().root().equals(previous)
                && before.get().next().equals(head.group(2)),
            "this export does not go on where the one before it ends");
      }
      Chain chain = new Chain(previous);
      chain.add(bytes, bytes.length);
      long position = Long.parseLong(head.group(2));
      long events = 0;
      long parts = 0;
      long inPart = 0;
      while (true) {
        check(read(), "the file ends here, and the end of the export is missing");
        Matcher event = POSITION.matcher(text);
        if (event.matches()) {
          long here = Long.parseLong(event.group(1));
          check(here > position, "this event is not behind the one before it");
          position = here;
          chain.add(bytes, bytes.length);
          events++;
          inPart++;
          continue;
        }
        Matcher end = END.matcher(text);
        if (end.matches()) {
          check(inPart == 0, "the part before the end is not closed");
          check(Long.parseLong(end.group(1)) == parts, "parts are missing");
          check(Long.parseLong(end.group(2)) == events, "events are missing");
          check(end.group(5).equals(chain.root()), "the root at the end is not that of the parts");
          check(!read(), "there is something behind the end");
          return new Verified(tenant, previous, events, end.group(3), chain.root());
        }
        Matcher part = PART.matcher(text);
        check(part.matches(), "this is no line of an export");
        check(Long.parseLong(part.group(1)) == parts, "a part is missing before this one");
        check(Long.parseLong(part.group(2)) == inPart, "events of this part are missing");
        check(
            part.group(4).equals(chain.close()),
            "the part that ends here was changed, or one before it");
        parts++;
        inPart = 0;
      }
    }

    private Matcher next(Pattern pattern, String otherwise) throws IOException, Damaged {
      check(read(), otherwise);
      Matcher matcher = pattern.matcher(text);
      check(matcher.matches(), otherwise);
      return matcher;
    }

    private void check(boolean holds, String otherwise) throws Damaged {
      if (!holds) {
        throw new Damaged(line, otherwise);
      }
    }

    /** Reads a line with its end; whether there was one. */
    private boolean read() throws IOException, Damaged {
      line++;
      ByteArrayOutputStream buffer = new ByteArrayOutputStream(256);
      int next = in.read();
      if (next < 0) {
        return false;
      }
      while (next >= 0 && next != '\n') {
        check(buffer.size() < LINE_MOST, "this line is too long");
        buffer.write(next);
        next = in.read();
      }
      check(next == '\n', "the file breaks off within this line");
      text = buffer.toString(StandardCharsets.UTF_8);
      buffer.write('\n');
      bytes = buffer.toByteArray();
      return true;
    }
  }
}
