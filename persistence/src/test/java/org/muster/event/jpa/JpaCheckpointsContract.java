package org.muster.event.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.muster.event.Checkpoints;
import org.muster.event.CheckpointsContract;
import org.muster.event.ConsumerId;
import org.muster.event.EventStore;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.jpa.TestDatabase;

/** What checkpoints in the database do besides: transactions. */
abstract class JpaCheckpointsContract extends CheckpointsContract {
  abstract TestDatabase database();

  @Override
  protected Checkpoints checkpoints() {
    return new TransactionPerSave(database().checkpoints(), database());
  }

  @Override
  protected EventStore events() {
    return new TransactionPerAppend(database().events(Sealing.NONE), database());
  }

  @Test
  void progressIsRolledBackWithTheWork() {
    ConsumerId consumer = new ConsumerId(new TenantId("r" + UUID.randomUUID()), "a");
    assertThatThrownBy(
            () ->
                database()
                    .inTransaction(
                        () -> {
                          database()
                              .checkpoints()
                              .save(
                                  consumer,
                                  Position.START,
                                  Instant.EPOCH,
                                  new Precondition.Absent());
                          throw new IllegalStateException("meant");
                        }))
        .hasMessage("meant");
    assertThat(checkpoints().find(consumer)).isEmpty();
  }
}
