package org.muster.storage.wiring;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.jspecify.annotations.Nullable;
import org.muster.sql.Transactions;

/** The transactions of the container. */
final class ContainerTransactions implements Transactions {
  private final TransactionSynchronizationRegistry registry;

  ContainerTransactions(TransactionSynchronizationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public @Nullable Object current() {
    return registry.getTransactionKey();
  }

  @Override
  public void whenEnded(Runnable action) {
    registry.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // only the end matters
          }

          @Override
          public void afterCompletion(int status) {
            action.run();
          }
        });
  }
}
