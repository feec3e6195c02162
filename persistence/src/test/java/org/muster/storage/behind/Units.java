package org.muster.storage.behind;

import java.util.function.Supplier;
import org.muster.event.projection.Unit;
import org.muster.storage.jpa.TestDatabase;

/** Transactions and threads for tests. */
final class Units {
  private Units() {}

  static Unit of(TestDatabase database) {
    return new Unit() {
      @Override
      public <T> T run(Supplier<T> work) {
        return database.inTransaction(work);
      }
    };
  }

  static void thread(Runnable work) {
    Thread thread = new Thread(work, "behind");
    thread.setDaemon(true);
    thread.start();
  }
}
