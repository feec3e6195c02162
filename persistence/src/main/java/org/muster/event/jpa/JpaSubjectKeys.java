package org.muster.event.jpa;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.SubjectKey;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.TenantId;
import org.muster.sql.Connections;
import org.muster.sql.PostgresSql;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.sql.SqlDialect;
import org.muster.sql.Turns;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * Keeps keys in PostgreSQL or H2. In PostgreSQL who obtains a key locks its row until his
 * transaction ends; others who want to write for the subject, or destroy its key, wait for him. So
 * does the number of their transaction, by which events are ordered: it is taken with the lock. In
 * H2 one transaction writes after the other. Nothing is remembered, so that a key that was
 * destroyed is so on all nodes at once.
 */
public final class JpaSubjectKeys implements SubjectKeys {
  private static final int ATTEMPTS = 5;

  private final Connections connections;
  private final SqlDialect dialect;
  private final Turns turns;
  private final KeyWrapping wrapping;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * The keys in a database that has been migrated.
   *
   * @param turns those that all take who write to the database
   */
  public JpaSubjectKeys(Connections connections, Turns turns, KeyWrapping wrapping, Clock clock) {
    this.connections = connections;
    this.dialect = connections.read(SqlDialect::of);
    this.turns = turns;
    this.wrapping = wrapping;
    this.clock = clock;
  }

  /**
   * Makes sure that keys which are there can be read; at the start.
   *
   * @throws StorageException.Corrupt if it takes another master key, or one at all
   */
  public void begin() {
    connections.read(connection -> read(connection, KeySql.longer(KeyWrapping.PLAIN_BYTES)));
  }

  @Override
  public Map<StorageKey, SubjectKey> obtain(Set<StorageKey> subjects) {
    if (subjects.isEmpty()) {
      return Map.of();
    }
    takeTurn();
    return connections.write(
        connection ->
            dialect instanceof PostgresSql
                ? obtainAtOnce(connection, subjects)
                : obtainInTurn(connection, subjects));
  }

  private Map<StorageKey, SubjectKey> obtainAtOnce(Connection connection, Set<StorageKey> subjects)
      throws SQLException {
    Map<StorageKey, SubjectKey> obtained = new HashMap<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<KeySql.New> missing = made(subjects, obtained);
      obtained.putAll(read(connection, KeySql.obtain(missing, clock.millis())));
      if (obtained.size() == subjects.size()) {
        return obtained;
      }
    }
    throw new StorageException.Conflict(
        subjects.iterator().next(), "Others keep making keys of the same subjects");
  }

  private Map<StorageKey, SubjectKey> obtainInTurn(Connection connection, Set<StorageKey> subjects)
      throws SQLException {
    Map<StorageKey, SubjectKey> obtained = read(connection, KeySql.find(List.copyOf(subjects)));
    List<KeySql.New> missing = made(subjects, obtained);
    if (!missing.isEmpty()) {
      execute(connection, KeySql.insert(missing, clock.millis()));
      for (KeySql.New made : missing) {
        obtained.put(
            made.subject(), new SubjectKey.Kept(wrapping.unwrap(made.subject(), made.secret())));
      }
    }
    return obtained;
  }

  /** In one order, so that no two transactions wait for each other. */
  private List<KeySql.New> made(Set<StorageKey> subjects, Map<StorageKey, SubjectKey> known) {
    return subjects.stream()
        .filter(subject -> !known.containsKey(subject))
        .sorted()
        .map(subject -> new KeySql.New(subject, wrapping.wrap(subject, secret())))
        .toList();
  }

  /** In H2 a statement is a call within the process, and nothing is gained. */
  @Override
  public Map<StorageKey, Made> make(Set<StorageKey> subjects) {
    Map<StorageKey, Made> made = new HashMap<>();
    if (dialect instanceof PostgresSql) {
      for (StorageKey subject : subjects) {
        byte[] secret = secret();
        made.put(subject, new Made(secret, wrapping.wrap(subject, secret)));
      }
    }
    return made;
  }

  @Override
  public byte[] opened(StorageKey subject, byte[] stored) {
    return wrapping.unwrap(subject, stored);
  }

  private byte[] secret() {
    byte[] secret = new byte[SubjectKey.BYTES];
    random.nextBytes(secret);
    return secret;
  }

  @Override
  public Map<StorageKey, SubjectKey> find(Set<StorageKey> subjects) {
    return subjects.isEmpty()
        ? Map.of()
        : connections.read(connection -> read(connection, KeySql.find(List.copyOf(subjects))));
  }

  /**
   * Should another transaction insert the row between the two statements, the update comes next.
   */
  @Override
  public boolean destroy(StorageKey subject, Instant time, String actor) {
    takeTurn();
    return connections.write(
        connection -> {
          Sql update = KeySql.destroy(subject, time.toEpochMilli(), actor);
          return execute(connection, update) > 0
              || execute(connection, KeySql.insertDestroyed(subject, time.toEpochMilli(), actor))
                  > 0
              || execute(connection, update) > 0;
        });
  }

  @Override
  public long erase(TenantId tenant, int most) {
    takeTurn();
    return connections.write(
        connection -> EventSql.of(dialect).erase(connection, "subject_key", tenant, most));
  }

  private void takeTurn() {
    if (dialect.writersTakeTurns()) {
      turns.take();
    }
  }

  private long execute(Connection connection, Sql sql) throws SQLException {
    return EventSql.of(dialect).execute(connection, sql);
  }

  private Map<StorageKey, SubjectKey> read(Connection connection, Sql sql) throws SQLException {
    KeyRows rows = new KeyRows(dialect, wrapping);
    Script script = new Script(dialect);
    script.add(sql, rows::add, count -> {});
    script.run(connection);
    return rows.keys();
  }
}
