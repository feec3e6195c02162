package org.muster.kernel;

/** What must be true of a key for a batch to be applied (RFC 9110 section 13.1). */
public sealed interface Precondition {

  /** Whether this holds for a live document at {@code version}. */
  boolean holdsAt(Version version);

  /** Whether this holds where there is no live document. */
  boolean holdsForNone();

  /** Anything goes. */
  record Any() implements Precondition {
    @Override
    public boolean holdsAt(Version version) {
      return true;
    }

    @Override
    public boolean holdsForNone() {
      return true;
    }
  }

  /** There is no live document under the key; a tombstone counts as none. */
  record Absent() implements Precondition {
    @Override
    public boolean holdsAt(Version version) {
      return false;
    }

    @Override
    public boolean holdsForNone() {
      return true;
    }
  }

  /** There is a live document under the key. */
  record Present() implements Precondition {
    @Override
    public boolean holdsAt(Version version) {
      return true;
    }

    @Override
    public boolean holdsForNone() {
      return false;
    }
  }

  /** There is a live document under the key, at just this version. */
  record At(Version version) implements Precondition {
    @Override
    public boolean holdsAt(Version actual) {
      return version.equals(actual);
    }

    @Override
    public boolean holdsForNone() {
      return false;
    }
  }
}
