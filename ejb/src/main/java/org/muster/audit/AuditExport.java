package org.muster.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventPage;
import org.muster.event.Position;
import org.muster.feed.Feed;
import org.muster.kernel.TenantId;

/**
 * Writes what happened in a tenant as lines of JSON (NDJSON): a head, the events, behind each
 * thousand of them a line with the root so far, and an end. The root of a part is the SHA-256 of
 * the root before it and of the bytes of its lines, line feeds included; that of the head is of the
 * root that the export goes on from. {@link VerifyExport} checks it without a server. Thread-safe.
 */
public final class AuditExport {
  /** The most events of one export. */
  public static final int MOST = 1_000_000;

  private static final int PART = 1_000;

  private final Feed feed;

  /** Exports what a feed tells. */
  AuditExport(Feed feed) {
    this.feed = feed;
  }

  /** An event on one line, without its end. */
  @FunctionalInterface
  public interface Format {
    String line(Event event) throws IOException;
  }

  /**
   * What is wanted.
   *
   * @param after behind this position
   * @param limit at most so many events, 1 to {@value #MOST}
   * @param previous the root of the export before this one; empty if this is the first
   */
  public record Request(TenantId tenant, Position after, int limit, Optional<String> previous) {
    public Request {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("1 to " + MOST + " events");
      }
      previous.ifPresent(
          root -> {
            if (!isRoot(root)) {
              throw new IllegalArgumentException("Not a root");
            }
          });
    }
  }

  /** Whether a text can be the root of an export. */
  public static boolean isRoot(String text) {
    return Chain.isRoot(text);
  }

  /**
   * Writes an export up to where the feed ends now.
   *
   * @throws IOException if it can't be written
   */
  public void write(Request request, Format format, OutputStream out) throws IOException {
    new Writing(request, format, out).run();
  }

  /** One export, for one thread. */
  private final class Writing {
    private final Request request;
    private final Format format;
    private final OutputStream out;
    private final Chain chain;
    private Position next;
    private long events;
    private int inPart;
    private int parts;

    Writing(Request request, Format format, OutputStream out) {
      this.request = request;
      this.format = format;
      this.out = out;
      this.chain = new Chain(request.previous().orElse(Chain.NONE));
      this.next = request.after();
    }

    void run() throws IOException {
      Position end = feed.end();
      add(
          "{\"audit\":1,\"tenant\":\"%s\",\"after\":\"%s\",\"previous\":\"%s\"}"
              .formatted(request.tenant(), next, chain.root()));
      closePart();
      EventFilter filter = Feed.filter(request.tenant(), Set.of(), Set.of());
      boolean complete = next.compareTo(end) >= 0;
      while (!complete && events < request.limit()) {
        int limit = (int) Math.min(PART - inPart, request.limit() - events);
        EventPage page = feed.page(next, filter, limit);
        for (Event event : page.events()) {
          if (event.position().compareTo(end) <= 0) {
            add(format.line(event));
            events++;
            inPart++;
          }
        }
        complete = page.complete() || page.next().compareTo(end) >= 0;
        next = complete ? end : page.next();
        if (inPart == PART) {
          closePart();
        }
      }
      if (inPart > 0) {
        closePart();
      }
      write(
          "{\"end\":true,\"parts\":%d,\"events\":%d,\"next\":\"%s\",\"complete\":%b,\"root\":\"%s\"}"
              .formatted(parts, events, next, complete, chain.root()));
      out.flush();
    }

    private void add(String line) throws IOException {
      byte[] bytes = write(line);
      chain.add(bytes, bytes.length);
    }

    private byte[] write(String line) throws IOException {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      out.write(bytes);
      return bytes;
    }

    private void closePart() throws IOException {
      write(
          "{\"part\":%d,\"events\":%d,\"next\":\"%s\",\"root\":\"%s\"}"
              .formatted(parts++, inPart, next, chain.close()));
      inPart = 0;
    }
  }
}
