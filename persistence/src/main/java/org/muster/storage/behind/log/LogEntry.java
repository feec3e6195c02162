package org.muster.storage.behind.log;

/** What was appended and is not done with. */
public final class LogEntry {
  private final long number;
  private final byte[] payload;

  /**
   * An entry.
   *
   * @param number later ones have higher ones
   * @param payload is not to be changed any more
   */
  public LogEntry(long number, byte[] payload) {
    this.number = number;
    this.payload = payload;
  }

  public long number() {
    return number;
  }

  /** Not to be changed. */
  public byte[] payload() {
    return payload;
  }
}
