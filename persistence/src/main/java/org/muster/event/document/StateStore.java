package org.muster.event.document;

import java.util.Collection;
import org.muster.storage.StorageProvider;

/** Makes a document store of what documents were like, for reading. */
@FunctionalInterface
public interface StateStore {
  /** A store in the heap that holds those that are live, and the links between them. */
  StorageProvider of(Collection<DocumentState> states);
}
