package org.muster.event.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.muster.event.Envelope;
import org.muster.event.Event;
import org.muster.event.EventType;
import org.muster.event.Position;
import org.muster.event.Recorded;
import org.muster.event.Sealing;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.sql.SqlDialect;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/** Rows of events, read before they are opened; for one thread. */
final class EventRows {
  /** What is read of {@code e}. */
  static final String COLUMNS =
      "e.no, e.tenant, e.collection, e.id, e.number, e.event_id, e.type, e.form, e.version,"
          + " e.time_ms, e.actor, e.content";

  private final SqlDialect dialect;
  private final List<Row> rows = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // as the driver gives it
  private record Row(Event event, byte[] content) {}

  EventRows(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** Reads the columns from the one of this number on. */
  void add(ResultSet row, int first) throws SQLException {
    StorageKey stream =
        new StorageKey(
            new TenantId(dialect.decode(row.getString(first + 1))),
            dialect.decode(row.getString(first + 2)),
            dialect.decode(row.getString(first + 3)));
    String type = row.getString(first + 6);
    long version = row.getLong(first + 8);
    Recorded recorded =
        new Recorded(
            row.getObject(first + 5, UUID.class),
            EventType.of(type)
                .orElseThrow(() -> new StorageException.Corrupt("An event of no known type")),
            row.getInt(first + 7),
            version == 0 ? Optional.empty() : Optional.of(new Version(version)),
            Instant.ofEpochMilli(row.getLong(first + 9)),
            Origin.of(row.getString(first + 10)),
            Optional.empty());
    Position position = new Position(row.getLong(first));
    rows.add(
        new Row(
            new Event(position, stream, row.getLong(first + 4), recorded),
            row.getBytes(first + 11)));
  }

  int count() {
    return rows.size();
  }

  /** How long the contents are together. */
  long bytes() {
    return rows.stream().mapToLong(row -> row.content().length).sum();
  }

  Set<StorageKey> streams() {
    return rows.stream().map(row -> row.event().stream()).collect(Collectors.toSet());
  }

  List<Event> opened(Sealing.Opener opener) {
    List<Event> events = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Event event = row.event();
      events.add(
          new Event(
              event.position(),
              event.stream(),
              event.number(),
              Envelope.opened(event.recorded(), opener.open(event.stream(), row.content()))));
    }
    return events;
  }
}
