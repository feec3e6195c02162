package org.muster.cache;

/** Makes bytes of values for levels that are not in the heap of the node. Thread-safe. */
public interface Codec<V> {
  /** The bytes of a value. */
  byte[] encode(V value);

  /**
   * The value of bytes.
   *
   * @throws IllegalArgumentException if they are of none
   */
  V decode(byte[] bytes);
}
