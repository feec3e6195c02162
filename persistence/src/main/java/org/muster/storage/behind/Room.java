package org.muster.storage.behind;

/** How much is pending, and how much may be. Guarded by {@link Guard}. */
final class Room {
  private final long maxEntries;
  private final long maxBytes;
  private long entries;
  private long bytes;

  Room(BehindSettings settings) {
    this.maxEntries = settings.maxEntries();
    this.maxBytes = settings.maxBytes();
  }

  boolean isLeft() {
    return entries < maxEntries && bytes < maxBytes;
  }

  /** Whether there is little left. */
  boolean isPressed() {
    return 2 * entries >= maxEntries || 2 * bytes >= maxBytes;
  }

  /** Somebody is about to add a write. */
  void reserve() {
    entries++;
  }

  void cancel() {
    entries--;
  }

  /** What room was reserved for is pending now. */
  void fill(Logged logged) {
    bytes += logged.bytes();
  }

  void free(Logged logged) {
    entries--;
    bytes -= logged.bytes();
  }

  long entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }
}
