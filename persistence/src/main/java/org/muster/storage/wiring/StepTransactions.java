package org.muster.storage.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Where the steps of projections become transactions: one call, one transaction. */
@ApplicationScoped
public class StepTransactions {
  /** Does a step; committed when the call returns. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public <T> T run(Supplier<T> work) {
    return work.get();
  }
}
