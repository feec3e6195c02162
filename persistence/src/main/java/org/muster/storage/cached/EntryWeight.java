package org.muster.storage.cached;

import java.util.function.ToIntFunction;
import org.muster.storage.Stored;

/** About how many bytes an entry takes in the heap, with what is usually made of it. */
public final class EntryWeight implements ToIntFunction<CachedEntry> {
  private static final int SMALL = 50;
  private static final int DOCUMENT = 500;
  private static final int LINK = 500;

  /** The text, and its JSON as it is sent. */
  private static final int FORMS = 2;

  @Override
  public int applyAsInt(CachedEntry entry) {
    if (!(entry instanceof CachedDocument document)) {
      return SMALL;
    }
    Stored stored = document.stored();
    return DOCUMENT + FORMS * stored.document().bytes() + LINK * stored.links().size();
  }
}
