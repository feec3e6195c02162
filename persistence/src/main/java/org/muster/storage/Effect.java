package org.muster.storage;

import java.util.List;

/**
 * What a batch really did to one document, told apart from what it asked for: links that existed
 * are not added, what is absent is not deleted. All of one batch have its version and time.
 */
public sealed interface Effect {

  /** The document that was changed. */
  StorageKey key();

  /**
   * The document was written by a put.
   *
   * @param created whether no live document was there before
   */
  record Written(StorageKey key, boolean created) implements Effect {}

  /** The document below a tombstone is live again. */
  record Restored(StorageKey key) implements Effect {}

  /** The keys that the document is searched by were replaced; its version is as before. */
  record Reindexed(StorageKey key) implements Effect {}

  /** A tombstone was removed for good. */
  record Purged(StorageKey key) implements Effect {}

  /** Links that were not there were added; at least one. */
  record Linked(StorageKey key, String relation, List<StorageKey> targets) implements Effect {
    public Linked {
      targets = List.copyOf(targets);
    }
  }

  /** Links were removed, at least one; also those that ended with the document they led to. */
  record Unlinked(StorageKey key, String relation, List<StorageKey> targets) implements Effect {
    public Unlinked {
      targets = List.copyOf(targets);
    }
  }

  /** The document was deleted, and with it the links that led from it. */
  record Deleted(StorageKey key) implements Effect {}
}
