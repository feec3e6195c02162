package org.muster.scim.filter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.JsonDocument;
import org.muster.storage.Keys;
import org.muster.storage.Path;

/** The keys that documents are searched by: the values of the searchable attributes, folded. */
public final class SearchKeys {
  private SearchKeys() {}

  /** The keys to be put with a document of the type. */
  public static SortedMap<String, List<String>> of(ResourceType type, ObjectNode document) {
    return Keys.of(JsonDocument.of(document), indexedPaths(type));
  }

  /**
   * The paths whose keys {@link #of} gives, as the filters and orders of the type use them: those
   * that are pending are not indexed.
   */
  public static List<Path> indexedPaths(ResourceType type) {
    return StoragePaths.indexed(type);
  }
}
