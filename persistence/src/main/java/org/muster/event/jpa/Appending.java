package org.muster.event.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.muster.event.Append;
import org.muster.event.Envelope;
import org.muster.event.Event;
import org.muster.event.Expected;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.sql.Script;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Appends to streams: one statement for all, or one for each event where that is as good. */
final class Appending {
  private final EventSql sql;
  private final List<KeySql.New> keys;
  private final List<New> events = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /**
   * An event on its way.
   *
   * @param nth which one of those that are appended to its stream
   * @param expected the last number of the stream; -1 for any
   */
  @SuppressWarnings("ArrayRecordComponent") // as the driver takes it
  record New(StorageKey stream, Recorded recorded, byte[] content, int nth, long expected) {}

  private record Place(Position position, long number) {}

  /**
   * Appends what is sealed so.
   *
   * @param keys new ones, to be inserted with the events
   */
  Appending(EventSql sql, Sealing.Sealer sealer, List<KeySql.New> keys, List<Append> appends) {
    this.sql = sql;
    this.keys = keys;
    for (Append append : appends) {
      int nth = 0;
      for (Recorded recorded : append.events()) {
        byte[] content = sealer.seal(append.stream(), Envelope.of(recorded));
        events.add(new New(append.stream(), recorded, content, ++nth, expected(append.expected())));
      }
    }
  }

  /** Adds the statements. */
  void addTo(Script script) {
    sql.insert(
        script,
        events,
        keys,
        row -> places.add(new Place(new Position(row.getLong(1)), row.getLong(2))));
  }

  /**
   * Whether all is appended, when the statements have run; not if it was to be with new keys, and a
   * stream has one.
   *
   * @throws StorageException.Conflict if a stream is not as expected
   */
  boolean isDone() {
    if (places.isEmpty() && !keys.isEmpty()) {
      return false;
    }
    if (places.size() != events.size()) {
      throw new StorageException.Conflict(events.get(0).stream(), "The stream is not as expected");
    }
    return true;
  }

  /** What was appended; empty if it is not done. */
  Optional<List<Event>> stored() {
    if (!isDone()) {
      return Optional.empty();
    }
    List<Event> stored = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Place place = places.get(i);
      New event = events.get(i);
      stored.add(new Event(place.position(), event.stream(), place.number(), event.recorded()));
    }
    return Optional.of(stored);
  }

  private static long expected(Expected expected) {
    if (expected instanceof Expected.Exact exact) {
      return exact.number();
    }
    return expected instanceof Expected.None ? 0 : -1;
  }
}
