package org.muster.cache;

import java.nio.ByteBuffer;

/** Makes bytes of values for levels that are not in the heap of the node. Thread-safe. */
public interface Codec<V> {
  /** The bytes of a value. */
  byte[] encode(V value);

  /**
   * The value of the bytes that remain in a buffer. They are of an array that others read, and are
   * neither kept nor changed.
   *
   * @throws IllegalArgumentException if they are of none
   */
  V decode(ByteBuffer bytes);
}
