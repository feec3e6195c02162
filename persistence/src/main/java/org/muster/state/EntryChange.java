package org.muster.state;

import java.util.Optional;
import org.muster.storage.JsonDocument;

/**
 * Says what an entry is from now on.
 *
 * @param value the hash of the document's canonical form, {@link Digest#NONE} for a link; empty if
 *     there is no such entry any more
 */
public record EntryChange(EntryName name, Optional<Digest> value) {
  public EntryChange {
    if (name instanceof EntryName.Link && !value.orElse(Digest.NONE).equals(Digest.NONE)) {
      throw new IllegalArgumentException("A link has no value");
    }
  }

  /** The document is live, with this content. */
  public static EntryChange put(EntryName.Document name, JsonDocument document) {
    return new EntryChange(name, Optional.of(CanonicalJson.digest(document)));
  }

  /** The link is there. */
  public static EntryChange put(EntryName.Link name) {
    return new EntryChange(name, Optional.of(Digest.NONE));
  }

  /** The document is not live, or the link not there. */
  public static EntryChange remove(EntryName name) {
    return new EntryChange(name, Optional.empty());
  }
}
