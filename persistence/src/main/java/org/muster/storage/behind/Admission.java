package org.muster.storage.behind;

import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Who may acknowledge a write early: one for each key, while there is room. Thread-safe. */
final class Admission {
  private final Guard guard;
  private final Content content;
  private boolean closed;
  private long refused;

  Admission(Guard guard, Content content) {
    this.guard = guard;
    this.content = content;
  }

  /**
   * Takes a key, and room for one write, for who is about to acknowledge it; to be given back by
   * {@link #enter} or {@link #release}. False if others of the tenant go through to the store, so
   * that this one has to do so as well.
   *
   * @throws StorageException.Unavailable if there is no room in time
   */
  boolean hold(StorageKey key) {
    Guard.Patience patience = guard.patience();
    return guard.locked(
        () -> {
          while (isOpen(key)) {
            boolean isFree = !content.isHeld(key);
            if (isFree && content.room.isLeft()) {
              content.chain(key).held = true;
              content.turn(key.tenant()).early++;
              content.room.reserve();
              return true;
            }
            if (!patience.await()) {
              refused++;
              throw new StorageException.Unavailable(
                  isFree
                      ? "Too many writes are waiting for the store"
                      : "Another write of the document does not end",
                  null);
            }
          }
          return false;
        });
  }

  private boolean isOpen(StorageKey key) {
    TenantTurn turn = content.known(key.tenant());
    return !closed && (turn == null || turn.through == 0);
  }

  /** The write for which a key was taken is pending from now on. */
  void enter(PendingWrite write, long number, int size) {
    guard.run(
        () -> {
          letGo(write.key());
          content.add(write, number, size, false);
          guard.changed();
        });
  }

  /** There is no write for the key that was taken. */
  void release(StorageKey key) {
    guard.run(
        () -> {
          content.room.cancel();
          content.tidy(letGo(key));
          guard.changed();
        });
  }

  /** Takes up a write of a run before, in order. */
  void recover(PendingWrite write, long number, int size) {
    guard.run(
        () -> {
          content.room.reserve();
          content.add(write, number, size, true);
        });
  }

  private Chain letGo(StorageKey key) {
    Chain chain = content.chain(key);
    chain.held = false;
    content.turn(key.tenant()).early--;
    return chain;
  }

  /** Nobody may any more, from now on; for who has the lock. */
  void close() {
    closed = true;
  }

  /** For who has the lock. */
  boolean isClosed() {
    return closed;
  }

  /** How many found no room in time; for who has the lock. */
  long refused() {
    return refused;
  }
}
