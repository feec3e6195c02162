package org.muster.sql;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Nobody is ever in a transaction. */
final class NoTransactions implements Transactions {
  @Override
  public @Nullable Object current() {
    return null;
  }

  @Override
  public @Nullable Object kept(Object key) {
    return null;
  }

  @Override
  public void keep(Object key, Object value) {
    throw new IllegalStateException("There is no transaction");
  }

  @Override
  public void whenEnded(Runnable action) {
    action.run();
  }

  @Override
  public void whenDecided(Consumer<Boolean> action) {
    action.accept(true);
  }
}
