package org.muster.delivery.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Where what came of deliveries, and changes of receivers, become transactions: a call, one. */
@ApplicationScoped
class DeliveryWrites {
  /** Does something; committed when the call returns. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public <T> T write(Supplier<T> change) {
    return change.get();
  }
}
