package org.muster.storage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.Folding;
import org.muster.kernel.Version;

/** One step of a {@link Batch}. */
public sealed interface Change {

  /** The document that the change belongs to; its version is raised if the change changes it. */
  StorageKey key();

  /**
   * Writes the document as a whole; its version is raised. A tombstone under the key is replaced. A
   * document that {@link JsonDocument#isStorable} refuses, or U+0000 or a lone surrogate in a key
   * or label, is an IllegalArgumentException here, so that no back end meets it.
   *
   * @param keys the folded values that are searched by, under the name of their path; at most
   *     {@value Folding#KEY_LENGTH} characters each (longer ones are cut by {@link Folding#key});
   *     by the first of a path the document is ordered, see {@link Keys#of(JsonDocument,
   *     java.util.Collection)}
   * @param label what links to the document show for it, at most 512 characters; may be empty
   * @param basis what the writer made the document of, if it tells; a journal may keep the
   *     difference
   */
  record Put(
      StorageKey key,
      JsonDocument document,
      SortedMap<String, List<String>> keys,
      String label,
      Optional<Basis> basis)
      implements Change {
    /** A document that was made of nothing that was stored. */
    public Put(
        StorageKey key, JsonDocument document, SortedMap<String, List<String>> keys, String label) {
      this(key, document, keys, label, Optional.empty());
    }

    public Put {
      if (!document.isStorable()) {
        throw new IllegalArgumentException(
            "A document has U+0000, a lone surrogate, or more than 64 levels");
      }
      keys = checked(keys);
      label = Folding.beginning(check(label), 512);
    }

    /**
     * The same, made of what is stored.
     *
     * @param partial whether the writer was told only what to change
     */
    public Put madeOf(Stored before, boolean partial) {
      Basis made = new Basis(before.version(), before.document(), partial);
      return new Put(key, document, keys, label, Optional.of(made));
    }
  }

  /**
   * The stored document that a writer has made another one of.
   *
   * @param version its version; a batch that expects another one of the key has another basis
   * @param partial whether the writer was told only what to change
   */
  record Basis(Version version, JsonDocument document, boolean partial) {}

  /**
   * Replaces the keys that a document is searched by, if it is live and still at that version; else
   * changes nothing. The version is not raised: nothing that a client sees is changed.
   *
   * @param keys as in {@link Put}
   */
  record Reindex(StorageKey key, Version version, SortedMap<String, List<String>> keys)
      implements Change {
    public Reindex {
      keys = checked(keys);
    }
  }

  /**
   * Deletes the document, all its claims, and its links both ways in one set-based change; raises
   * the versions of the documents that linked to it. Leaves a tombstone with time and actor, below
   * which the document is kept. Deleting what is absent changes nothing.
   *
   * @param actor who did it, at most 255 characters
   */
  record Delete(StorageKey key, String actor) implements Change {
    public Delete {
      check(actor, 255);
    }
  }

  /**
   * Makes the document below a tombstone live again, with the time it was created and without the
   * links that it had; its version is raised. The batch fails with Conflict if the key has no
   * tombstone of that version, or one without a document. Values are to be claimed anew in the same
   * batch.
   *
   * @param tombstone the version of the tombstone
   * @param keys as in {@link Put}, of the document below the tombstone
   * @param label as in {@link Put}
   */
  record Restore(
      StorageKey key, Version tombstone, SortedMap<String, List<String>> keys, String label)
      implements Change {
    public Restore {
      keys = checked(keys);
      label = Folding.beginning(check(label), 512);
    }
  }

  /**
   * Removes a tombstone and the document below it for good. The batch fails with Conflict if the
   * key has no tombstone of that version. No version of the key is given to it ever again.
   *
   * @param tombstone the version of the tombstone
   */
  record Purge(StorageKey key, Version tombstone) implements Change {}

  /** Changes nothing; carries the precondition of a key that the batch does not write. */
  record Check(StorageKey key) implements Change {}

  /**
   * Gives a document, if it is live, the version and time of the batch, and leaves it as it is
   * otherwise: for who makes a back end again of changes some of which can't be made any more. No
   * effect tells of it, and so no event.
   */
  record Touch(StorageKey key) implements Change {}

  /**
   * Makes {@code key} the only owner of a value within its tenant and collection. Claiming what one
   * owns changes nothing; a value that another owns fails the batch with NotUnique. {@code key}
   * must be live when the batch is applied, or written by it, else the batch fails with Conflict.
   * Claims do not raise the version.
   *
   * @param attribute at most 255 characters
   * @param folded the value by {@link Folding#fold}, at most 512 characters; a longer one is
   *     represented by the caller (for instance by a prefix and a hash)
   */
  record Claim(StorageKey key, String attribute, String folded) implements Change {
    public Claim {
      check(attribute, 255);
      check(folded, Folding.KEY_LENGTH);
    }
  }

  /** Gives up a claim; one that {@code key} does not own is left alone. Done before all claims. */
  record Release(StorageKey key, String attribute, String folded) implements Change {
    public Release {
      check(attribute, 255);
      check(folded, Folding.KEY_LENGTH);
    }
  }

  /**
   * Adds links from {@code key} to documents of its tenant; those that exist are left alone. {@code
   * key} and all targets must be live when the batch is applied, or written by it, else the batch
   * fails with Conflict naming the one that is not. Raises the version of {@code key} if a link was
   * added.
   *
   * @param relation 1 to 64 characters
   */
  record AddLinks(StorageKey key, String relation, List<StorageKey> targets) implements Change {
    public AddLinks {
      targets = within(key, relation, targets);
    }
  }

  /** Removes links from {@code key}; raises its version if one was there. */
  record RemoveLinks(StorageKey key, String relation, List<StorageKey> targets) implements Change {
    public RemoveLinks {
      targets = within(key, relation, targets);
    }
  }

  /**
   * Makes {@code targets} all the links of this relation from {@code key}, writing only the
   * difference; otherwise as {@link AddLinks} and {@link RemoveLinks}.
   */
  record ReplaceLinks(StorageKey key, String relation, List<StorageKey> targets) implements Change {
    public ReplaceLinks {
      targets = within(key, relation, targets);
    }
  }

  private static SortedMap<String, List<String>> checked(SortedMap<String, List<String>> keys) {
    SortedMap<String, List<String>> copy = new TreeMap<>();
    for (Map.Entry<String, List<String>> entry : keys.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        entry.getValue().forEach(Change::check);
        copy.put(entry.getKey(), entry.getValue().stream().map(Folding::key).distinct().toList());
      }
    }
    return Collections.unmodifiableSortedMap(copy);
  }

  private static List<StorageKey> within(
      StorageKey key, String relation, List<StorageKey> targets) {
    if (check(relation, 64).isEmpty()) {
      throw new IllegalArgumentException("A relation has a name");
    }
    for (StorageKey target : targets) {
      if (!target.tenant().equals(key.tenant())) {
        throw new IllegalArgumentException("A link stays in its tenant");
      }
    }
    return List.copyOf(targets);
  }

  private static String check(String text, int length) {
    if (text.length() > length) {
      throw new IllegalArgumentException("At most " + length + " characters, not " + text.length());
    }
    return check(text);
  }

  private static String check(String text) {
    if (!Folding.isStorable(text)) {
      throw new IllegalArgumentException("U+0000 or a lone surrogate");
    }
    return text;
  }
}
