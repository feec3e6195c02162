package org.muster.storage;

/**
 * Which links of a document are wanted along with it.
 *
 * @param relation the name of the relation, for instance "members"
 * @param direction OUT: links from the document, IN: links to it
 * @param transitive follow the relation in the same direction from what was found, any number of
 *     levels; ends on cycles, and never yields the document itself
 */
public record LinkSelector(String relation, Direction direction, boolean transitive) {
  /**
   * The most links that one document is expanded by; more are {@link StorageException.TooLarge}.
   */
  public static final int MAX_LINKS = 10_000;

  /** Which way a link is followed. */
  public enum Direction {
    OUT,
    IN
  }
}
