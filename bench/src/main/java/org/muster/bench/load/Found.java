package org.muster.bench.load;

import java.util.Optional;
import org.muster.bench.data.Bodies;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Field;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;

/** Ids out of answers. */
final class Found {
  private static final Field LOCATION = new Field("location");

  private Found() {}

  /** Asks for the resource whose attribute has a value; only its id and meta. */
  static Request request(Target target, String path, String attribute, String value) {
    return target.get(
        path + "?attributes=meta&" + Bodies.filter(attribute + " eq \"" + value + "\""));
  }

  /** The id of the first resource in a list. */
  static Optional<String> id(Answer answer) {
    return answer.ok() ? LOCATION.text(answer.body()).map(Found::lastSegment) : Optional.empty();
  }

  /** The id of a resource that was created. */
  static Optional<String> created(Answer answer) {
    return answer.status() == 201
        ? answer.header("Location").map(Found::lastSegment)
        : Optional.empty();
  }

  private static String lastSegment(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
