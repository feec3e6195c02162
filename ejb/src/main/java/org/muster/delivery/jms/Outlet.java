package org.muster.delivery.jms;

import org.muster.event.Event;
import org.muster.storage.StorageException;

/** A way to the broker that is open for some events. For one thread. */
interface Outlet extends AutoCloseable {
  /**
   * Sends an event; the broker has it when this returns.
   *
   * @throws StorageException.Unavailable if the broker does not take it, or may not have it
   */
  void send(Event event);

  @Override
  void close();
}
