package org.muster.event.jpa;

import java.util.List;
import java.util.function.Function;
import org.muster.sql.Sql;
import org.muster.storage.StorageKey;

/** The statements of the keys of subjects. Stateless. */
final class KeySql {
  private static final String INSERT =
      "insert into subject_key (tenant, collection, id, secret, created_ms)";

  private KeySql() {}

  /** A key on its way to the database, if there is none yet. */
  @SuppressWarnings("ArrayRecordComponent") // as the driver takes it
  record New(StorageKey subject, byte[] secret) {}

  /** Reads the keys of subjects. */
  static Sql find(List<StorageKey> subjects) {
    Sql sql = Sql.of("select " + KeyRows.COLUMNS + " from subject_key k");
    return subjects.size() == 1
        ? sql.add(" where ").add(one(subjects.get(0)))
        : sql.add(" join unnest(?, ?, ?) u(t, c, i)", namesOf(subjects))
            .add(" on k.tenant = u.t and k.collection = u.c and k.id = u.i");
  }

  /** Inserts keys; those of subjects that have one are left out. */
  static Sql insert(List<New> keys, long createdMillis) {
    if (keys.size() == 1) {
      StorageKey subject = keys.get(0).subject();
      return Sql.of(INSERT + " values (?, ?, ?, ?, ?) on conflict do nothing")
          .with(subject.tenant().value(), subject.collection(), subject.id())
          .with(keys.get(0).secret(), createdMillis);
    }
    return rows(keys, createdMillis).add(" on conflict do nothing");
  }

  /**
   * PostgreSQL: inserts keys of subjects that have neither a key nor an event; each is looked up by
   * itself whatever the statistics say. Neither is left to a conflict, since PostgreSQL logs more
   * for rows that may meet one. Should another transaction insert one at this very moment, it
   * fails; who writes the same document has waited for it before.
   */
  static Sql insertFirsts(List<New> keys, long createdMillis) {
    if (keys.size() == 1) {
      StorageKey subject = keys.get(0).subject();
      return Sql.of(INSERT + " select ?, ?, ?, ?, ?::bigint")
          .with(subject.tenant().value(), subject.collection(), subject.id())
          .with(keys.get(0).secret(), createdMillis)
          .add(" where not exists (select 1 from subject_key k where ")
          .add(one(subject))
          .add(") and not exists (select 1 from event k where ")
          .add(one(subject))
          .add(")");
    }
    return Sql.of(INSERT + " select u.t, u.c, u.i, u.s, ?::bigint", createdMillis)
        .add(" from (select unnest(?) t, unnest(?) c, unnest(?) i, unnest(?) s) u")
        .with(names(keys))
        .with((Object) keys.stream().map(New::secret).toArray(byte[][]::new))
        .add(" where (select true from subject_key k where k.tenant = u.t")
        .add(" and k.collection = u.c and k.id = u.i) is null")
        .add(" and (select true from event l where l.tenant = u.t")
        .add(" and l.collection = u.c and l.id = u.i limit 1) is null");
  }

  private static Sql rows(List<New> keys, long createdMillis) {
    return Sql.of(INSERT + " select u.t, u.c, u.i, u.s, ?::bigint", createdMillis)
        .add(" from unnest(?, ?, ?, ?) u(t, c, i, s)")
        .with(names(keys))
        .with((Object) keys.stream().map(New::secret).toArray(byte[][]::new));
  }

  private static Object[] names(List<New> keys) {
    return namesOf(keys.stream().map(New::subject).toList());
  }

  /**
   * PostgreSQL: inserts keys, reads those that were there, and locks these for the transaction; in
   * one order, so that no two wait for each other. One that another transaction inserts at this
   * very moment is in neither part.
   */
  static Sql obtain(List<New> keys, long createdMillis) {
    return Sql.of("with k as (")
        .add(insert(keys, createdMillis))
        .add(" returning tenant, collection, id, secret, destroyed_ms, destroyed_by)")
        .add(" select " + KeyRows.COLUMNS + " from k union all select * from (")
        .add(find(keys.stream().map(New::subject).toList()))
        .add(" order by k.tenant, k.collection, k.id for no key update of k) k");
  }

  /** Destroys the key of a subject that has one. */
  static Sql destroy(StorageKey subject, long millis, String actor) {
    return Sql.of("update subject_key k set secret = null, destroyed_ms = ?, destroyed_by = ?")
        .with(millis, new Sql.Verbatim(actor))
        .add(" where ")
        .add(one(subject))
        .add(" and k.secret is not null");
  }

  /** Says that the key of a subject that has none was destroyed. */
  static Sql insertDestroyed(StorageKey subject, long millis, String actor) {
    return Sql.of("insert into subject_key (tenant, collection, id, created_ms, destroyed_ms,")
        .add(" destroyed_by) values (?, ?, ?, ?, ?, ?) on conflict do nothing")
        .with(subject.tenant().value(), subject.collection(), subject.id())
        .with(millis, millis, new Sql.Verbatim(actor));
  }

  /** A key that is stored in more bytes than that, if there is one. */
  static Sql longer(int bytes) {
    return Sql.of("select " + KeyRows.COLUMNS + " from subject_key k")
        .add(" where octet_length(k.secret) > " + bytes + " limit 1");
  }

  private static Sql one(StorageKey subject) {
    return Sql.of("k.tenant = ? and k.collection = ? and k.id = ?")
        .with(subject.tenant().value(), subject.collection(), subject.id());
  }

  private static Object[] namesOf(List<StorageKey> subjects) {
    return new Object[] {
      texts(subjects, subject -> subject.tenant().value()),
      texts(subjects, StorageKey::collection),
      texts(subjects, StorageKey::id)
    };
  }

  private static String[] texts(List<StorageKey> subjects, Function<StorageKey, String> text) {
    return subjects.stream().map(text).toArray(String[]::new);
  }
}
