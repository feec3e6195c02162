package org.muster.scim.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.muster.scim.schema.AttributePath;

/**
 * What a write wants a resource to be.
 *
 * @param document the whole new document as it is stored: schema spelling of names, {@code schemas}
 *     first, no id, no meta, no read-only attribute, no link attribute, nothing write-only
 * @param documentChanged whether it differs from the document before
 * @param links what happens to the links of the resource, in this order
 * @param secrets new values of write-only attributes in clear (for instance "password"), by
 *     attribute path; an empty value removes it. To be hashed at once, never stored or logged
 */
public record Edit(
    ObjectNode document,
    boolean documentChanged,
    List<LinkEdit> links,
    Map<String, Optional<String>> secrets) {
  public Edit {
    links = List.copyOf(links);
    secrets = Map.copyOf(secrets);
  }

  @Override
  public String toString() {
    return "Edit[links=" + links.size() + ", secrets=" + secrets.keySet() + "]";
  }

  /** What a client said of the other end of a link. */
  public record LinkValue(String id, Optional<String> type) {}

  /** A change of the links of one attribute. */
  public sealed interface LinkEdit {
    /** The link attribute, for instance members. */
    AttributePath attribute();

    /** These are all the links from now on. */
    record Replace(AttributePath attribute, List<LinkValue> values) implements LinkEdit {}

    /** These links are added; those that exist stay. */
    record Add(AttributePath attribute, List<LinkValue> values) implements LinkEdit {}

    /** These links are removed; those that do not exist are ignored. */
    record Remove(AttributePath attribute, List<LinkValue> values) implements LinkEdit {}

    /**
     * The links that satisfy a value filter are removed.
     *
     * @param filter the text between the brackets, already checked, over the sub-attributes
     */
    record RemoveWhere(AttributePath attribute, String filter) implements LinkEdit {}
  }
}
