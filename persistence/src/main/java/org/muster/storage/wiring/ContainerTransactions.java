package org.muster.storage.wiring;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Consumer;
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
  public @Nullable Object kept(Object key) {
    return registry.getTransactionKey() == null ? null : registry.getResource(key);
  }

  @Override
  public void keep(Object key, Object value) {
    registry.putResource(key, value);
  }

  @Override
  public void whenEnded(Runnable action) {
    whenDecided(committed -> action.run());
  }

  @Override
  public void whenDecided(Consumer<Boolean> action) {
    registry.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // only the end matters
          }

          @Override
          public void afterCompletion(int status) {
            action.accept(status == Status.STATUS_COMMITTED);
          }
        });
  }
}
