package org.muster.signal.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Settlement;

/** Where what came of polls becomes transactions: one call, one transaction. */
@ApplicationScoped
class PollWrites {
  @Inject private DeliveryLog log;

  /** Keeps what came of a poll; committed when the call returns. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void settle(ReceiverId id, String holder, Settlement settlement) {
    log.settle(id, holder, settlement);
  }
}
