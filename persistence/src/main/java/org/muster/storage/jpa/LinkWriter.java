package org.muster.storage.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.StorageKey;

/**
 * Writes the link changes of one batch: a statement for each chunk of targets, whatever number of
 * links there is already; a replacement reads what is there and writes the difference.
 */
final class LinkWriter {
  private static final int CHUNK = 5_000;

  private final Dialect dialect;
  private final Connection connection;
  private final BatchPlan plan;
  private final Liveness assureLive;
  private final Consumer<Effect> effects;

  /** Documents of which a link was added or removed. */
  final Set<StorageKey> changed = new LinkedHashSet<>();

  /** Locks documents against deletion, as far as they are not; throws if one is not live. */
  @FunctionalInterface
  interface Liveness {
    void of(Set<StorageKey> keys) throws SQLException;
  }

  LinkWriter(
      Dialect dialect,
      Connection connection,
      BatchPlan plan,
      Liveness assureLive,
      Consumer<Effect> effects) {
    this.effects = effects;
    this.assureLive = assureLive;
    this.dialect = dialect;
    this.connection = connection;
    this.plan = plan;
  }

  /**
   * The documents that the batch does not bring and that are linked to for the first time, as far
   * as can be seen before their sources are locked.
   */
  Set<StorageKey> newTargets() throws SQLException {
    Set<StorageKey> targets = new TreeSet<>();
    for (Change change : plan.links) {
      Set<StorageKey> of = new TreeSet<>(BatchPlan.targets(change));
      if (change instanceof Change.ReplaceLinks replace && !of.isEmpty()) {
        of.removeAll(existing(replace));
      }
      targets.addAll(of);
    }
    targets.removeIf(plan::brings);
    return targets;
  }

  /** Adds the statements to the script, which may have to be run in between. */
  void write(Script script) throws SQLException {
    for (Change change : plan.links) {
      if (change instanceof Change.AddLinks add) {
        link(script, add.key(), add.relation(), add.targets());
      } else if (change instanceof Change.RemoveLinks remove) {
        unlink(script, remove.key(), remove.relation(), remove.targets());
      } else if (change instanceof Change.ReplaceLinks replace) {
        replace(script, replace);
      }
    }
  }

  private void replace(Script script, Change.ReplaceLinks replace) throws SQLException {
    script.run(connection); // what came before may have changed the same links
    Set<StorageKey> before = existing(replace);
    Set<StorageKey> added = new LinkedHashSet<>(replace.targets());
    added.removeAll(before);
    Set<StorageKey> removed = new TreeSet<>(before);
    replace.targets().forEach(removed::remove);
    assureLive.of(added);
    unlink(script, replace.key(), replace.relation(), List.copyOf(removed));
    link(script, replace.key(), replace.relation(), List.copyOf(added));
  }

  private void link(Script script, StorageKey from, String relation, List<StorageKey> targets) {
    for (int start = 0; start < targets.size(); start += CHUNK) {
      List<StorageKey> some = targets.subList(start, Math.min(start + CHUNK, targets.size()));
      List<StorageKey> added = new ArrayList<>();
      dialect.link(
          script,
          from,
          relation,
          some,
          row -> added.add(key(from.tenant(), row)),
          rows -> {
            if (rows > 0) {
              changed.add(from);
              effects.accept(new Effect.Linked(from, relation, added));
            }
          });
    }
  }

  private void unlink(Script script, StorageKey from, String relation, List<StorageKey> targets) {
    for (List<StorageKey> some : Dialect.byCollection(targets)) {
      List<StorageKey> removed = new ArrayList<>();
      dialect.unlink(
          script,
          from,
          relation,
          some,
          row -> removed.add(key(from.tenant(), row)),
          rows -> {
            if (!removed.isEmpty()) {
              changed.add(from);
              effects.accept(new Effect.Unlinked(from, relation, removed));
            }
          });
    }
  }

  /** Adds the statements that remove all links of a document that has been deleted, both ways. */
  void unlinkAll(Script script, StorageKey key) {
    script.add(remove("from", key));
    dialect.removed(
        script,
        remove("to", key),
        "relation, from_collection, from_id",
        row -> {
          String relation = row.getString(1);
          StorageKey from =
              new StorageKey(
                  key.tenant(), dialect.decode(row.getString(2)), dialect.decode(row.getString(3)));
          effects.accept(new Effect.Unlinked(from, dialect.decode(relation), List.of(key)));
        });
  }

  private static Sql remove(String end, StorageKey key) {
    return Sql.of(
        "delete from link where tenant = ? and " + end + "_id = ? and " + end + "_collection = ?",
        key.tenant().value(),
        key.id(),
        key.collection());
  }

  private StorageKey key(TenantId tenant, ResultSet row) throws SQLException {
    return new StorageKey(
        tenant, dialect.decode(row.getString(1)), dialect.decode(row.getString(2)));
  }

  private Set<StorageKey> existing(Change.ReplaceLinks replace) throws SQLException {
    StorageKey from = replace.key();
    Set<StorageKey> targets = new HashSet<>();
    if (plan.isInsert(from) && !changed.contains(from)) {
      return targets;
    }
    Sql sql =
        Sql.of(
            "select to_collection, to_id from link where tenant = ? and from_id = ?"
                + " and from_collection = ? and relation = ?",
            from.tenant().value(),
            from.id(),
            from.collection(),
            replace.relation());
    try (PreparedStatement statement = dialect.prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        targets.add(
            new StorageKey(
                from.tenant(),
                dialect.decode(rows.getString(1)),
                dialect.decode(rows.getString(2))));
      }
    }
    return targets;
  }
}
