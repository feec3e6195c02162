package org.muster.event.seal;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps one key for each subject, which is a document with all that is told of it. A key is random,
 * never changed, and gone for good once it is destroyed. Thread-safe. Keys in the database are read
 * and written in the caller's JTA transaction, which all but {@link #find} need. Throws {@link
 * StorageException} and no driver exception; any call may throw {@link
 * StorageException.Unavailable}.
 */
public interface SubjectKeys {
  /**
   * The keys of all these subjects; those that have none get one, in the same step. A key that was
   * destroyed is told of and not made anew. In the database, a key that was handed out here is
   * neither destroyed by another transaction nor handed out to one before the caller's has ended.
   */
  Map<StorageKey, SubjectKey> obtain(Set<StorageKey> subjects);

  /**
   * New keys, which are kept nowhere yet: the store of events inserts them, with its events, as it
   * is the same database. Empty if it is not, or if that gains nothing.
   */
  Map<StorageKey, Made> make(Set<StorageKey> subjects);

  /**
   * A new key.
   *
   * @param stored the form in which it is inserted
   */
  @SuppressWarnings("ArrayRecordComponent") // as the driver takes it
  record Made(byte[] secret, byte[] stored) {}

  /** The secret of a key that is kept in this form. */
  byte[] opened(StorageKey subject, byte[] stored);

  /** The keys of those of the subjects that have, or had, one. */
  Map<StorageKey, SubjectKey> find(Set<StorageKey> subjects);

  /**
   * Destroys the key of a subject, which may have none yet; it will not get one any more. In the
   * database it waits for the transactions that have obtained the key.
   *
   * @param actor who wants it, at most 512 characters
   * @return whether it was not destroyed before; if it was, that stays as it is told
   */
  boolean destroy(StorageKey subject, Instant time, String actor);

  /**
   * Erases the keys of a tenant that is no longer served, and what tells of those that were
   * destroyed, in steps.
   *
   * @param most about how many a step removes at most
   * @return how many were removed; 0 says that nothing is left
   */
  long erase(TenantId tenant, int most);
}
