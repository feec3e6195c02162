package org.muster.storage.behind.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a file of the log has that is as it was written, and what it has that is not.
 *
 * @param frames in their order
 * @param damaged the bytes in between that are no frames
 * @param isTorn whether the end of the last one is missing; nobody was told of it
 */
record SegmentScan(List<Frame> frames, List<byte[]> damaged, boolean isTorn) {
  static final byte[] HEADER = {'M', 'W', 'L', 'O', 'G', 0, 0, 1};

  /** Of a file that was written to by somebody who may not have come to its end. */
  static SegmentScan of(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    List<byte[]> damaged = new ArrayList<>();
    int at = hasHeader(bytes) ? HEADER.length : 0;
    while (at < bytes.length) {
      Optional<Frame> frame = Frame.at(bytes, at);
      if (frame.isPresent()) {
        frames.add(frame.get());
        at += frame.get().size();
        continue;
      }
      int next = nextWhole(bytes, at + 1);
      if (next == bytes.length && (Frame.isTorn(bytes, at) || isEmpty(bytes, at))) {
        return new SegmentScan(frames, damaged, true);
      }
      damaged.add(Arrays.copyOfRange(bytes, at, next));
      at = next;
    }
    return new SegmentScan(frames, damaged, false);
  }

  private static boolean hasHeader(byte[] bytes) {
    return bytes.length >= HEADER.length
        && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length);
  }

  private static int nextWhole(byte[] bytes, int from) {
    int at = Frame.next(bytes, from);
    while (at < bytes.length && Frame.at(bytes, at).isEmpty()) {
      at = Frame.next(bytes, at + 1);
    }
    return at;
  }

  /** A file may have grown before what is in it was written. */
  private static boolean isEmpty(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
