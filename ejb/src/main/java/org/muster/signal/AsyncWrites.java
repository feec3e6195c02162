package org.muster.signal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.muster.event.Append;
import org.muster.event.EventStore;

/** Where what came of asynchronous requests is appended: one call, one transaction. */
@ApplicationScoped
class AsyncWrites {
  @Inject private EventStore events;

  /** Appends; committed when the call returns. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void append(Append append) {
    events.append(List.of(append));
  }
}
