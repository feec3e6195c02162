package org.muster.state;

/**
 * What of an entry goes into the hash of its leaf.
 *
 * @param link whether it is a link, else a document
 */
record EntryHash(Digest key, Digest value, boolean link) implements Comparable<EntryHash> {
  @Override
  public int compareTo(EntryHash other) {
    return key.compareTo(other.key);
  }
}
