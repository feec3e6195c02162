package org.muster.storage.behind;

import java.util.Optional;
import org.muster.kernel.Origin;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;

/**
 * A document that was acknowledged and is not in the store yet.
 *
 * @param put what is to be done
 * @param base the version that it was judged on; empty if there was no live document
 * @param stored what it comes to
 * @param relabels whether what others show of the document may be changed by it
 */
record PendingWrite(
    Change.Put put, Optional<Version> base, Stored stored, Origin origin, boolean relabels) {

  StorageKey key() {
    return put.key();
  }

  Applied.Moment moment() {
    return new Applied.Moment(stored.version(), stored.modified());
  }

  /** Whether it was made of what the other one comes to. */
  boolean follows(PendingWrite other) {
    return base.isPresent() && base.get().equals(other.stored.version());
  }

  /** What the store is to do. */
  Batch batch() {
    Precondition expected =
        base.<Precondition>map(Precondition.At::new).orElseGet(Precondition.Absent::new);
    return Batch.put(put, expected).from(origin).asOf(moment());
  }

  /** This and all between, in one step: what the first was based on, and what this comes to. */
  PendingWrite since(PendingWrite first) {
    boolean partial = put.basis().map(Change.Basis::partial).orElse(false);
    Optional<Change.Basis> basis =
        first
            .put
            .basis()
            .map(before -> new Change.Basis(before.version(), before.document(), partial));
    Change.Put merged =
        new Change.Put(key(), put.document(), put.keys(), put.label(), basis.or(put::basis));
    return new PendingWrite(merged, first.base, stored, origin, relabels || first.relabels);
  }
}
