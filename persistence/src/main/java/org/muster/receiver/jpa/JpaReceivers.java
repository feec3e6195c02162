package org.muster.receiver.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.muster.event.Position;
import org.muster.event.seal.KeyWrapping;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.receiver.Progress;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverId;
import org.muster.receiver.Receivers;
import org.muster.receiver.SettingsCodec;
import org.muster.sql.Connections;
import org.muster.sql.Sql;
import org.muster.sql.Turns;

/** Keeps receivers in PostgreSQL or H2, in the caller's transaction. */
public final class JpaReceivers implements Receivers {
  private final ReceiverSql sql;
  private final KeyWrapping wrapping;

  /**
   * The receivers in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   * @param wrapping how secrets are stored
   */
  public JpaReceivers(Connections connections, Turns turns, KeyWrapping wrapping) {
    this.sql = new ReceiverSql(connections, turns);
    this.wrapping = wrapping;
  }

  @Override
  public Optional<Receiver> find(ReceiverId id) {
    return list(Sql.of(ReceiverRows.COLUMNS + " where ").add(ReceiverSql.of(id))).stream()
        .findFirst();
  }

  @Override
  public List<Receiver> page(TenantId tenant, String afterId, int limit) {
    return list(
        Sql.of(ReceiverRows.COLUMNS + " where r.tenant = ? and r.id > ?", tenant.value(), afterId)
            .add(" order by r.id limit " + limit));
  }

  private List<Receiver> list(Sql query) {
    ReceiverRows rows = new ReceiverRows(sql.dialect, wrapping);
    sql.query(query, rows::add);
    return rows.found().stream().map(Progress::receiver).toList();
  }

  @Override
  public Receiver add(Receiver receiver, Position start) {
    return sql.write(
        connection -> {
          Receiver added = next(connection, receiver);
          Sql insert =
              Sql.of("insert into receiver (tenant, id, kind, state, settings, secrets, version,")
                  .add(" created_ms, updated_ms, position, holder, until_ms, attempts, next_ms,")
                  .add(" delivered, failed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, 0, 0,")
                  .add(" 0) on conflict do nothing")
                  .with(added.id().tenant().value(), added.id().id(), added.kind().word())
                  .with(added.state().word(), settings(added), secrets(added))
                  .with(added.version().value(), added.created().toEpochMilli())
                  .with(added.updated().toEpochMilli(), start.toString());
          if (sql.execute(connection, insert) != 1) {
            throw ReceiverSql.conflict(added.id());
          }
          return added;
        });
  }

  @Override
  public Receiver replace(Receiver receiver, Precondition expected) {
    return sql.write(
        connection -> {
          Receiver replaced = next(connection, receiver);
          Sql update =
              Sql.of("update receiver r set state = ?, settings = ?, secrets = ?, version = ?,")
                  .with(replaced.state().word(), settings(replaced), secrets(replaced))
                  .with(replaced.version().value())
                  .add(" updated_ms = ?, attempts = 0, next_ms = 0 where ")
                  .with(replaced.updated().toEpochMilli())
                  .add(ReceiverSql.of(replaced.id()))
                  .add(ReceiverSql.at(expected));
          if (expected instanceof Precondition.Absent || sql.execute(connection, update) != 1) {
            throw ReceiverSql.conflict(replaced.id());
          }
          return replaced;
        });
  }

  @Override
  public boolean remove(ReceiverId id, Precondition expected) {
    return sql.write(
        connection -> {
          Sql delete =
              Sql.of("delete from receiver r where ")
                  .add(ReceiverSql.of(id))
                  .add(ReceiverSql.at(expected));
          boolean mayExist = !(expected instanceof Precondition.Absent);
          boolean removed = mayExist && sql.execute(connection, delete) == 1;
          boolean isThere = !removed && !mayExist && find(id).isPresent();
          if (isThere || (!removed && !expected.holdsForNone())) {
            throw ReceiverSql.conflict(id);
          }
          sql.execute(
              connection, Sql.of("delete from delivery d where ").add(ReceiverSql.notedFor(id)));
          return removed;
        });
  }

  @Override
  public long erase(TenantId tenant, int most) {
    return sql.write(
        connection -> {
          int notes =
              sql.execute(
                  connection,
                  Sql.of("delete from delivery where tenant = ? and no in (select no from")
                      .with(tenant.value())
                      .add(" delivery where tenant = ? order by no limit " + most + ")")
                      .with(tenant.value()));
          return notes > 0 ? notes : eraseReceivers(connection, tenant, most);
        });
  }

  /** Only when nothing is noted any more; nobody notes more for a tenant that is not served. */
  private long eraseReceivers(Connection connection, TenantId tenant, int most)
      throws SQLException {
    return sql.execute(
        connection,
        Sql.of("delete from receiver where tenant = ? and id in (select id from receiver")
            .with(tenant.value())
            .add(" where tenant = ? order by id limit " + most + ")", tenant.value()));
  }

  private Receiver next(Connection connection, Receiver receiver) throws SQLException {
    Version version = sql.nextVersion(connection);
    return new Receiver(
        receiver.id(),
        receiver.kind(),
        receiver.state(),
        receiver.settings(),
        receiver.secrets(),
        version,
        receiver.created().truncatedTo(ChronoUnit.MILLIS),
        receiver.updated().truncatedTo(ChronoUnit.MILLIS));
  }

  private static Sql.Verbatim settings(Receiver receiver) {
    return new Sql.Verbatim(SettingsCodec.text(receiver.settings()));
  }

  private byte[] secrets(Receiver receiver) {
    return wrapping.wrap(receiver.id().key(), SettingsCodec.bytes(receiver.secrets()));
  }
}
