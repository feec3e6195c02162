package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.muster.event.SnapshotStore;
import org.muster.event.SnapshotStoreContract;
import org.muster.event.seal.KeyWrapping;
import org.muster.event.seal.KeyedSealing;
import org.muster.event.seal.SubjectKeys;
import org.muster.sql.Sql;
import org.muster.storage.jpa.TestDatabase;

/** Snapshots in the database. */
abstract class JpaSnapshotStoreContract extends SnapshotStoreContract {
  abstract TestDatabase database();

  @Override
  protected SnapshotStore store() {
    return new TransactionPerSnapshot(
        database().snapshots(new KeyedSealing(keys(), true)), database());
  }

  @Override
  protected SubjectKeys keys() {
    return new TransactionPerKeys(database().keys(KeyWrapping.NONE), database());
  }

  @Test
  void stateIsNotReadableInTheDatabase() {
    save("a", 1, "{\"name\":\"Ann\"}");
    Sql states = Sql.of("select state from event_snapshot where tenant = ?", tenant.value());
    assertThat(database().bytes(states))
        .hasSize(1)
        .noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("Ann"));
  }
}
