package org.muster.bench.scenario;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.bench.data.Bodies;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Field;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;
import org.muster.bench.http.Traffic;

/** Walks over all users by cursor (RFC 9865), page by page, and remembers the way. */
final class CursorWalk implements Traffic {
  private static final Field NEXT = new Field("nextCursor");
  private static final Field LOCATION = new Field("location");

  private final Target target;
  private final int pageSize;
  private final Set<String> seen = new HashSet<>();
  private String path;
  private String lastFullPage;
  private long walked;
  private boolean ended;
  private @Nullable String failure;

  CursorWalk(Target target, int pageSize) {
    this.target = target;
    this.pageSize = pageSize;
    this.path = firstPage(pageSize);
    this.lastFullPage = path;
  }

  /** The path of the first page of a walk. */
  static String firstPage(int pageSize) {
    return Bodies.USERS + "?cursor&count=" + pageSize;
  }

  /**
   * Walks.
   *
   * @throws IOException if a page fails, repeats a user or, at the end, anybody is missing
   */
  void walk(Server server, long people) throws IOException {
    server.run(this, 1);
    String failed = failure;
    if (failed == null && seen.size() != people) {
      failed = "A cursor walk saw " + seen.size() + " of " + people + " users";
    }
    if (failed != null) {
      throw new IOException(failed);
    }
  }

  /** The path of the last page that was full. */
  String lastFullPage() {
    return lastFullPage;
  }

  @Override
  public @Nullable Request next(int connection) {
    return ended ? null : target.get(path);
  }

  @Override
  public void answered(int connection, Answer answer) {
    String body = answer.body();
    List<String> locations = LOCATION.texts(body);
    walked += locations.size();
    seen.addAll(locations);
    if (!answer.ok()) {
      failure = "A cursor page got " + answer.status() + ": " + body;
    } else if (seen.size() < walked) {
      failure = "A cursor walk repeats users";
    }
    if (locations.size() == pageSize) {
      lastFullPage = path;
    }
    String cursor = NEXT.text(body).orElse("");
    path = Bodies.USERS + "?count=" + pageSize + "&cursor=" + Bodies.encoded(cursor);
    ended = failure != null || cursor.isEmpty();
  }
}
