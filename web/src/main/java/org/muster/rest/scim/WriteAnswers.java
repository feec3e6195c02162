package org.muster.rest.scim;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.muster.rest.request.Preferences;
import org.muster.rest.request.Preferences.Result;
import org.muster.scim.projection.Selection;
import org.muster.scim.resource.Representation;

/**
 * The answers of writes, with or without the resource, as the client prefers (RFC 7240 section
 * 4.2). A client that says which attributes it wants to see wants to see them.
 */
final class WriteAnswers {
  private WriteAnswers() {}

  /** RFC 7644 section 3.3. */
  static Answer created(HttpServletRequest request, Selection selection, Representation made) {
    Optional<Result> wanted = wanted(request, selection);
    boolean minimal = wanted.equals(Optional.of(Result.MINIMAL));
    return told(minimal ? Answers.createdMinimal(made) : Answers.created(made), wanted);
  }

  /** RFC 7644 section 3.5.1. */
  static Answer replaced(HttpServletRequest request, Selection selection, Representation after) {
    Optional<Result> wanted = wanted(request, selection);
    boolean minimal = wanted.equals(Optional.of(Result.MINIMAL));
    return told(minimal ? Answers.changed(after) : Answers.ok(after), wanted);
  }

  /**
   * RFC 7644 section 3.5.2.
   *
   * @param shown whether clients that say nothing see the resource
   */
  static Answer patched(
      HttpServletRequest request, Selection selection, boolean shown, Representation after) {
    Optional<Result> wanted = wanted(request, selection);
    boolean whole =
        wanted
            .map(Result.REPRESENTATION::equals)
            .orElse(shown || !selection.equals(Selection.DEFAULT));
    return told(whole ? Answers.ok(after) : Answers.changed(after), wanted);
  }

  private static Optional<Result> wanted(HttpServletRequest request, Selection selection) {
    Optional<Result> wanted =
        Preferences.parse(HeaderValues.joined(request, Preferences.HEADER)).result();
    return selection.equals(Selection.DEFAULT)
        ? wanted
        : wanted.filter(Result.REPRESENTATION::equals);
  }

  private static Answer told(Answer answer, Optional<Result> applied) {
    return applied.map(result -> answer.with(Preferences.APPLIED, result.applied())).orElse(answer);
  }
}
