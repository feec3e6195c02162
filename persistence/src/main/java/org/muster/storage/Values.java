package org.muster.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the values at a path of a JSON tree. Arrays are entered wherever they are met, also at the
 * end of the path and within one another, so that an array is never a value itself; JSON null is no
 * value.
 */
final class Values {
  private Values() {}

  /** Whether any value at {@code steps} below {@code root} passes the test. */
  static boolean any(JsonNode root, List<String> steps, Predicate<JsonNode> test) {
    return any(root, steps, 0, test);
  }

  /** The uncut key forms of the values at {@code path}, in document order. */
  static List<String> keys(JsonNode root, Path path) {
    List<String> keys = new ArrayList<>();
    any(
        root,
        path.steps(),
        0,
        value -> {
          Keys.of(value, path).ifPresent(keys::add);
          return false;
        });
    return keys;
  }

  /**
   * The uncut key form of the value that a document is ordered by: the first that stands in an
   * object whose member {@code primary} is true, else the first.
   */
  static Optional<String> leading(JsonNode root, Path path) {
    return key(root, path, 0, true, false).or(() -> key(root, path, 0, false, false));
  }

  private static Optional<String> key(
      JsonNode node, Path path, int step, boolean primaryOnly, boolean primary) {
    if (node.isArray()) {
      for (JsonNode element : node) {
        Optional<String> found = key(element, path, step, primaryOnly, primary);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    if (step == path.steps().size()) {
      return primaryOnly && !primary ? Optional.empty() : Keys.of(node, path);
    }
    JsonNode next = node.get(path.steps().get(step));
    return next == null
        ? Optional.empty()
        : key(next, path, step + 1, primaryOnly, node.path("primary").booleanValue());
  }

  private static boolean any(
      JsonNode node, List<String> steps, int step, Predicate<JsonNode> test) {
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (any(element, steps, step, test)) {
          return true;
        }
      }
      return false;
    }
    if (step == steps.size()) {
      return !node.isNull() && test.test(node);
    }
    JsonNode next = node.get(steps.get(step));
    return next != null && any(next, steps, step + 1, test);
  }
}
