package org.muster.scim.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/**
 * A bulk request that was read to its end. Its operations are spooled; in memory is what they refer
 * to alone. For one thread at a time.
 */
final class BulkRequest implements Closeable {
  private static final int UNDEFINED = -1;
  private static final int[] NONE = {};

  private final Spool spool;
  private final Places places = new Places();
  private final Map<String, Integer> names = new HashMap<>();
  private final Ints definitions = new Ints(); // by name: the operation that creates the resource
  private int[][] references = new int[16][];
  private @Nullable BitSet referredTo;
  private int size;
  private int failOnErrors = Integer.MAX_VALUE;

  BulkRequest(Spool spool) {
    this.spool = spool;
  }

  /** Adds an operation, as JSON. */
  void add(byte[] json, int length, Ints needs) {
    places.set(size, spool.append(json, length), length);
    if (size == references.length) {
      references = Arrays.copyOf(references, 2 * size);
    }
    references[size++] =
        needs.size() == 0 ? NONE : Arrays.stream(needs.toArray()).distinct().toArray();
  }

  /** The number of a bulkId, whether it is defined or not yet. */
  int name(String bulkId) {
    Integer known = names.get(bulkId);
    if (known == null) {
      known = definitions.size();
      names.put(bulkId, known);
      definitions.add(UNDEFINED);
    }
    return known;
  }

  /** How many bulkIds are known, defined or not. */
  int names() {
    return definitions.size();
  }

  /** Says that the operation that is added next creates what the bulkId refers to. */
  void define(String bulkId) {
    int name = name(bulkId);
    if (definitions.get(name) != UNDEFINED) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "The bulkId \"" + bulkId + "\" is given to more than one operation");
    }
    definitions.set(name, size);
  }

  void failOnErrors(int most) {
    failOnErrors = most;
  }

  /** After how many errors to stop. */
  int failOnErrors() {
    return failOnErrors;
  }

  int size() {
    return size;
  }

  int length(int operation) {
    return places.length(operation);
  }

  /** An operation as it was sent, with the RFC's spelling of its members. */
  ObjectNode operation(int operation) {
    byte[] json = spool.read(places.place(operation), places.length(operation));
    try {
      return (ObjectNode) JsonDocument.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("What was spooled is JSON", e);
    }
  }

  /** The operations that have to be done before; those that nobody defines are left out. */
  int[] needs(int operation) {
    int[] named = references[operation];
    if (named.length == 0) {
      return NONE;
    }
    Ints needs = new Ints();
    for (int name : named) {
      if (definitions.get(name) != UNDEFINED) {
        needs.add(definitions.get(name));
      }
    }
    return needs.toArray();
  }

  /** Whether another operation refers to what this one creates; to be asked after the last add. */
  boolean isReferredTo(int operation) {
    BitSet known = referredTo;
    if (known == null) {
      known = new BitSet();
      for (int i = 0; i < size; i++) {
        for (int needed : needs(i)) {
          known.set(needed);
        }
      }
      referredTo = known;
    }
    return known.get(operation);
  }

  /**
   * The operation that creates what a bulkId refers to.
   *
   * @throws ScimException 400 invalidValue if there is none
   */
  int definition(String bulkId) {
    Integer name = names.get(bulkId);
    if (name == null || definitions.get(name) == UNDEFINED) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "bulkId:" + bulkId + " is the bulkId of no POST of this request");
    }
    return definitions.get(name);
  }

  @Override
  public void close() {
    spool.close();
  }
}
