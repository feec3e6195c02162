package org.muster.receiver.memory;

import java.util.function.Supplier;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Receivers;
import org.muster.receiver.ReceiversContract;

/** The contract, kept in the heap. */
class MemoryReceiversTest extends ReceiversContract {
  private final MemoryReceivers receivers = new MemoryReceivers();
  private final MemoryDeliveryLog log = new MemoryDeliveryLog(receivers);

  @Override
  protected Receivers receivers() {
    return receivers;
  }

  @Override
  protected DeliveryLog log() {
    return log;
  }

  @Override
  protected DeadLetters deadLetters() {
    return log;
  }

  @Override
  protected <T> T write(Supplier<T> action) {
    return action.get();
  }
}
