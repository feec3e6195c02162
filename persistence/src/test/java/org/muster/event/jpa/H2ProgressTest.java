package org.muster.event.jpa;

import java.util.function.Supplier;
import org.muster.event.projection.ProgressContract;
import org.muster.event.projection.ProjectionProgress;
import org.muster.event.projection.Unit;
import org.muster.storage.jpa.TestDatabase;

/** Progress in H2. */
class H2ProgressTest extends ProgressContract {
  @Override
  protected ProjectionProgress progress() {
    return TestDatabase.h2().progress();
  }

  @Override
  protected Unit transactions() {
    return new Unit() {
      @Override
      public <T> T run(Supplier<T> work) {
        return TestDatabase.h2().inTransaction(work);
      }
    };
  }
}
