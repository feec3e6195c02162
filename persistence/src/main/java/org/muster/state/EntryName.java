package org.muster.state;

import org.muster.kernel.Folding;
import org.muster.storage.StorageKey;

/**
 * What an entry of a state tree is about: a document, or a link to be found in the tree of the
 * collection that it leads from. Names speak of no tenant, so that the trees of two can be equal.
 */
public sealed interface EntryName {

  /** The collection in whose tree the entry is. */
  String collection();

  /** The hash of the name, by which the entry has its place in the tree. */
  Digest key();

  /** A document. */
  record Document(String collection, String id) implements EntryName {
    public Document {
      check(collection, 64);
      check(id, 255);
    }

    /** The document under a key. */
    public static Document of(StorageKey key) {
      return new Document(key.collection(), key.id());
    }

    @Override
    public Digest key() {
      return new Hashing(Hashing.DOCUMENT_KEY).text(collection).text(id).done();
    }
  }

  /** A link from a document to another one. */
  record Link(String collection, String id, String relation, String toCollection, String toId)
      implements EntryName {
    public Link {
      check(collection, 64);
      check(id, 255);
      check(relation, 64);
      check(toCollection, 64);
      check(toId, 255);
    }

    /** The link between two keys. */
    public static Link of(StorageKey from, String relation, StorageKey to) {
      return new Link(from.collection(), from.id(), relation, to.collection(), to.id());
    }

    @Override
    public Digest key() {
      return new Hashing(Hashing.LINK_KEY)
          .text(collection)
          .text(id)
          .text(relation)
          .text(toCollection)
          .text(toId)
          .done();
    }
  }

  private static void check(String text, int most) {
    if (text.isEmpty() || text.length() > most || !Folding.isStorable(text)) {
      throw new IllegalArgumentException("1 to " + most + " characters");
    }
  }
}
