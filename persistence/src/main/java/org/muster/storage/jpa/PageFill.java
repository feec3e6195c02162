package org.muster.storage.jpa;

import java.util.ArrayList;
import java.util.List;
import org.muster.storage.Query;
import org.muster.storage.Query.Position;

/** The page that documents are put on, one after the other, until it is full. */
final class PageFill {
  private final List<OrderedReader.Row> rows = new ArrayList<>();
  private final int limit;
  private long toSkip;
  private long bytes;

  /** A page of at most {@code limit} documents, which is not 0, after the first {@code offset}. */
  PageFill(long offset, int limit) {
    this.toSkip = offset;
    this.limit = limit;
  }

  /** Whether the document is on the page, or before it; false if it is behind it. */
  boolean take(OrderedReader.Row row) {
    if (toSkip > 0) {
      toSkip--;
      return true;
    }
    boolean isFull =
        rows.size() == limit || (!rows.isEmpty() && bytes + row.bytes() > Query.Page.MAX_BYTES);
    if (!isFull) {
      rows.add(row);
      bytes += row.bytes();
    }
    return !isFull;
  }

  List<OrderedReader.Row> rows() {
    return rows;
  }

  /** The place of the last document of a page that is not empty. */
  Position last() {
    return rows.get(rows.size() - 1).position();
  }
}
