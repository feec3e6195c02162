package org.muster.wiring;

import jakarta.ejb.EJBException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.muster.scim.resource.Commits;
import org.muster.scim.resource.ResourceWrites;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.StorageException;

/**
 * Commits by {@link ResourceWrites}, and says of a failure at commit, which arrives wrapped by the
 * container, what a failure of the store would say.
 */
final class ContainerCommits implements Commits {
  private static final String ROLLED_BACK = "40"; // SQLSTATE class: serialization, deadlock

  private final Commits writes;

  /**
   * Commits by the EJB.
   *
   * @param writes {@link ResourceWrites#apply}
   */
  ContainerCommits(Commits writes) {
    this.writes = writes;
  }

  @Override
  public Applied apply(Batch batch) {
    try {
      return writes.apply(batch);
    } catch (EJBException e) {
      throw translated(e);
    }
  }

  /** What a failure at commit says of the store. */
  static RuntimeException translated(EJBException wrapped) {
    boolean database = false;
    for (Throwable cause = wrapped; cause != null; cause = next(cause)) {
      if (cause instanceof StorageException failure) {
        return failure;
      }
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        if (state != null && state.startsWith(ROLLED_BACK)) {
          return new StorageException.Conflict("The transaction was rolled back", wrapped);
        }
        database = true;
      }
      // by name: they are checked exceptions of three APIs, and all say that the commit failed
      database |= cause.getClass().getName().startsWith("jakarta.transaction.");
    }
    return database
        ? new StorageException.Unavailable("The transaction could not be committed", wrapped)
        : wrapped;
  }

  private static @Nullable Throwable next(Throwable cause) {
    Throwable next = cause.getCause();
    return next == cause ? null : next;
  }
}
