package org.muster.storage;

import java.time.Instant;
import java.util.Optional;
import org.muster.kernel.Origin;
import org.muster.kernel.Version;

/**
 * Writes of one document that were acknowledged, and that the store did not take.
 *
 * @param id the version of the first of them
 * @param writes how many there are
 * @param base the version that the first was made of; empty if it created the document
 * @param version the version that the last was acknowledged with
 * @param acknowledged when that was
 * @param since since when it is a dead letter
 * @param why what the store said; no secret in it
 * @param origin where the last came from
 */
public record DeadWrite(
    long id,
    StorageKey key,
    int writes,
    Optional<Version> base,
    Version version,
    Instant acknowledged,
    Instant since,
    String why,
    Origin origin) {
  /** Somebody else retries or discards it at this moment. */
  public static final class InWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InWork() {
      super("The dead letter is in work");
    }
  }

  /** With the document as the last of the writes left it. */
  public record Whole(DeadWrite letter, JsonDocument document) {}
}
