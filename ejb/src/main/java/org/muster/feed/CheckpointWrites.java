package org.muster.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.function.Function;
import org.muster.event.Checkpoints;

/** Where changes of checkpoints become transactions: one call, one transaction. */
@ApplicationScoped
class CheckpointWrites {
  @Inject private Checkpoints checkpoints;

  /** Changes checkpoints; committed when the call returns. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public <T> T write(Function<Checkpoints, T> change) {
    return change.apply(checkpoints);
  }
}
