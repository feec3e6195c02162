package org.muster.receiver.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.muster.event.Position;
import org.muster.event.seal.KeyWrapping;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Kind;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.SettingsCodec;
import org.muster.sql.SqlDialect;
import org.muster.storage.StorageException;

/** Rows of receivers. */
final class ReceiverRows {
  static final String COLUMNS =
      "select r.tenant, r.id, r.kind, r.state, r.settings, r.secrets, r.version, r.created_ms,"
          + " r.updated_ms, r.position, r.attempts, r.next_ms, r.delivered, r.failed, r.error,"
          + " r.error_ms from receiver r";

  private final SqlDialect dialect;
  private final KeyWrapping wrapping;
  private final List<Progress> found = new ArrayList<>();

  ReceiverRows(SqlDialect dialect, KeyWrapping wrapping) {
    this.dialect = dialect;
    this.wrapping = wrapping;
  }

  void add(ResultSet row) throws SQLException {
    long next = row.getLong(12);
    String error = row.getString(15);
    found.add(
        new Progress(
            receiver(row),
            position(row.getString(10)),
            row.getInt(11),
            next == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next)),
            row.getLong(13),
            row.getLong(14),
            error == null
                ? Optional.empty()
                : Optional.of(new Progress.Failure(error, Instant.ofEpochMilli(row.getLong(16))))));
  }

  List<Progress> found() {
    return found;
  }

  private Receiver receiver(ResultSet row) throws SQLException {
    ReceiverId id = id(row);
    return new Receiver(
        id,
        kind(row.getString(3)),
        Receiver.State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        SettingsCodec.settings(row.getString(5)),
        SettingsCodec.secrets(wrapping.unwrapAny(id.key(), row.getBytes(6))),
        new Version(row.getLong(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        Instant.ofEpochMilli(row.getLong(9)));
  }

  private ReceiverId id(ResultSet row) throws SQLException {
    return new ReceiverId(
        new TenantId(dialect.decode(row.getString(1))), dialect.decode(row.getString(2)));
  }

  static Kind kind(String word) {
    return Kind.of(word)
        .orElseThrow(() -> new StorageException.Corrupt("A receiver of no known kind"));
  }

  static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(() -> new StorageException.Corrupt("A stored position is none"));
  }
}
