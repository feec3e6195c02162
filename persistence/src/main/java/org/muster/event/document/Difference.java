package org.muster.event.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.DiffFlags;
import com.flipkart.zjsonpatch.JsonDiff;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import java.util.EnumSet;
import java.util.Optional;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/**
 * The difference of two documents as a JSON Patch (RFC 6902), of add, remove and replace alone;
 * what is replaced or removed is told too, as {@code fromValue} and {@code value}, for whoever
 * reads it.
 */
final class Difference {
  /** Comparing lists costs the square of their lengths; above it the whole is kept. */
  private static final int MOST_BYTES = 64 << 10;

  private static final EnumSet<DiffFlags> FLAGS =
      EnumSet.of(
          DiffFlags.OMIT_MOVE_OPERATION,
          DiffFlags.OMIT_COPY_OPERATION,
          DiffFlags.ADD_ORIGINAL_VALUE_ON_REPLACE);

  private Difference() {}

  /** What makes the one of the other; empty if that is not shorter than the whole. */
  static Optional<ArrayNode> of(JsonDocument before, JsonDocument after) {
    if (before.bytes() > MOST_BYTES || after.bytes() > MOST_BYTES) {
      return Optional.empty();
    }
    ArrayNode changes = (ArrayNode) JsonDiff.asJson(before.tree(), after.tree(), FLAGS);
    return changes.toString().length() < after.text().length()
        ? Optional.of(changes)
        : Optional.empty();
  }

  /** A document after the changes. */
  static JsonDocument apply(JsonDocument before, JsonNode changes) {
    try {
      ObjectNode after = (ObjectNode) JsonPatch.apply(changes, before.tree());
      // by its text, as it was stored: numbers read alike
      return JsonDocument.ofText(JsonDocument.of(after).text());
    } catch (JsonPatchApplicationException | ClassCastException e) {
      throw new StorageException.Corrupt("An event does not fit the ones before it", e);
    }
  }
}
