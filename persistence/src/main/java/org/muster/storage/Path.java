package org.muster.storage;

import java.util.List;

/**
 * A place in a document that a query speaks of, with the rule by which its values are compared.
 *
 * @param name the name under which the folded values are kept in {@link Change.Put#keys}, for
 *     instance "emails.value"
 * @param steps the member names that lead to the value, from the root; arrays on the way are
 *     entered, each element on its own; names are compared exactly
 * @param type how values are read and ordered
 * @param caseExact whether text is compared as it is or folded
 * @param multiValued whether a document may have several values
 * @param indexed whether every document of the collection was put with the keys of this path
 */
public record Path(
    String name,
    List<String> steps,
    Type type,
    boolean caseExact,
    boolean multiValued,
    boolean indexed) {

  /** The document's id. */
  public static final Path ID = new Path("$id", List.of(), Type.TEXT, true, false, true);

  /** When the document was created, as a {@link Type#DATE_TIME}. */
  public static final Path CREATED =
      new Path("$created", List.of(), Type.DATE_TIME, true, false, true);

  /** When the document was last modified, as a {@link Type#DATE_TIME}. */
  public static final Path MODIFIED =
      new Path("$modified", List.of(), Type.DATE_TIME, true, false, true);

  /** The type of the values at a path. */
  public enum Type {
    TEXT,
    BOOLEAN,
    NUMBER,
    DATE_TIME,
    /** Objects or anything else that can only be present or not. */
    OTHER
  }

  public Path {
    steps = List.copyOf(steps);
  }

  /** Whether this is one of {@link #ID}, {@link #CREATED} and {@link #MODIFIED}. */
  public boolean isColumn() {
    return name.equals("$id") || name.equals("$created") || name.equals("$modified");
  }
}
