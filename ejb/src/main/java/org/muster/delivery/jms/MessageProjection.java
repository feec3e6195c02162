package org.muster.delivery.jms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.muster.event.Event;
import org.muster.event.EventFilter;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.Projection;

/**
 * Sends the events of all tenants as messages, in their order, each at least once. How far it is,
 * is kept as of every projection; making it anew sends all of them again, from the first on.
 */
final class MessageProjection implements Projection {
  /** The name under which its progress is kept. */
  static final String NAME = "messaging";

  private static final EventFilter WANTED =
      new EventFilter(Optional.empty(), Set.of(), EventType.where(EventType::isVisible));

  private final Supplier<Outlet> outlets;
  private final BooleanSupplier isTurn;

  /** The first event of the last page, and what of it was sent last. */
  private Position begin = Position.START;

  private Position sent = Position.START;

  /**
   * Messages.
   *
   * @param outlets opens a way to the broker; asked for each page, so that a broker may come later
   * @param isTurn whether this node may still send; asked before each message
   */
  MessageProjection(Supplier<Outlet> outlets, BooleanSupplier isTurn) {
    this.outlets = outlets;
    this.isTurn = isTurn;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EventFilter filter() {
    return WANTED;
  }

  /**
   * Sends a page, or what is left of it after an attempt that failed. It ends in the middle when it
   * is another node's turn: then the progress can't be kept, and that node sends what is left.
   *
   * @throws org.muster.storage.StorageException.Unavailable if the broker does not take it; some of
   *     it may be sent
   */
  @Override
  public void apply(List<Event> events) {
    if (!events.get(0).position().equals(begin)) {
      begin = events.get(0).position();
      sent = Position.START;
    }
    List<Event> left = events.stream().filter(e -> e.position().compareTo(sent) > 0).toList();
    if (left.isEmpty()) {
      return;
    }
    try (Outlet outlet = outlets.get()) {
      for (Event event : left) {
        if (!isTurn.getAsBoolean()) {
          return;
        }
        outlet.send(event);
        sent = event.position();
      }
    }
  }

  /** What was sent can't be taken back; it is sent once more. */
  @Override
  public long clear(int most) {
    begin = Position.START;
    return 0;
  }
}
