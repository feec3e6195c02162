package org.muster.event;

import org.muster.storage.StorageKey;

/**
 * A page of one stream.
 *
 * @param backward the latest first
 * @param from the first number to be read; the end of the stream, read backward, is {@link
 *     Long#MAX_VALUE}
 * @param limit at least 1, at most {@value #MOST}
 */
public record StreamRead(StorageKey stream, boolean backward, long from, int limit) {
  /** Most events of a page. */
  public static final int MOST = 10_000;

  public StreamRead {
    if (from < 1 || limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("From 1 on, 1 to " + MOST + " events");
    }
  }

  /** From a number on. */
  public static StreamRead forward(StorageKey stream, long from, int limit) {
    return new StreamRead(stream, false, from, limit);
  }

  /** The latest first. */
  public static StreamRead backward(StorageKey stream, long from, int limit) {
    return new StreamRead(stream, true, from, limit);
  }
}
