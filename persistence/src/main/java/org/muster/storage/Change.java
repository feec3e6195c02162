package org.muster.storage;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.Folding;

/** One step of a {@link Batch}. */
public sealed interface Change {

  /** The document that the change belongs to; its version is raised if the change changes it. */
  StorageKey key();

  /**
   * Writes the document as a whole; its version is raised. A tombstone under the key is replaced.
   *
   * @param keys the folded values that are searched by, under the name of their path; at most
   *     {@value Folding#KEY_LENGTH} characters each (longer ones are cut by {@link Folding#key})
   * @param label what links to the document show for it, at most 512 characters; may be empty
   */
  record Put(
      StorageKey key, JsonDocument document, SortedMap<String, List<String>> keys, String label)
      implements Change {
    public Put {
      SortedMap<String, List<String>> copy = new TreeMap<>();
      for (Map.Entry<String, List<String>> entry : keys.entrySet()) {
        if (!entry.getValue().isEmpty()) {
          copy.put(entry.getKey(), entry.getValue().stream().map(Folding::key).distinct().toList());
        }
      }
      keys = java.util.Collections.unmodifiableSortedMap(copy);
      label = Folding.key(label);
    }
  }

  /**
   * Deletes the document, all its claims, and its links both ways in one set-based change; raises
   * the versions of the documents that linked to it. Leaves a tombstone with time and actor.
   * Deleting what is absent changes nothing.
   */
  record Delete(StorageKey key, String actor) implements Change {}

  /** Changes nothing; carries the precondition of a key that the batch does not write. */
  record Check(StorageKey key) implements Change {}

  /**
   * Makes {@code key} the only owner of a value within its tenant and collection. Claiming what one
   * owns changes nothing; a value that another owns fails the batch with NotUnique. Claims do not
   * raise the version.
   *
   * @param folded the value by {@link Folding#fold}, at most 512 characters; a longer one is
   *     represented by the caller (for instance by a prefix and a hash)
   */
  record Claim(StorageKey key, String attribute, String folded) implements Change {}

  /** Gives up a claim; one that {@code key} does not own is left alone. Done before all claims. */
  record Release(StorageKey key, String attribute, String folded) implements Change {}

  /**
   * Adds links from {@code key}; those that exist are left alone. {@code key} and all targets must
   * be live when the batch is applied, or written by it, else the batch fails with Conflict naming
   * the one that is not. Raises the version of {@code key} if a link was added.
   */
  record AddLinks(StorageKey key, String relation, List<StorageKey> targets) implements Change {
    public AddLinks {
      targets = List.copyOf(targets);
    }
  }

  /** Removes links from {@code key}; raises its version if one was there. */
  record RemoveLinks(StorageKey key, String relation, List<StorageKey> targets) implements Change {
    public RemoveLinks {
      targets = List.copyOf(targets);
    }
  }

  /**
   * Makes {@code targets} all the links of this relation from {@code key}, writing only the
   * difference; otherwise as {@link AddLinks} and {@link RemoveLinks}.
   */
  record ReplaceLinks(StorageKey key, String relation, List<StorageKey> targets) implements Change {
    public ReplaceLinks {
      targets = List.copyOf(targets);
    }
  }
}
