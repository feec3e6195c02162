package org.muster.receiver.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.muster.receiver.DeadLetters;
import org.muster.receiver.DeliveryLog;
import org.muster.receiver.Receivers;
import org.muster.receiver.ReceiversContract;
import org.muster.sql.Sql;
import org.muster.storage.jpa.TestDatabase;

/** What receivers in the database do besides: their secrets are sealed. */
abstract class JpaReceiversContract extends ReceiversContract {
  private static final byte[] MASTER = new byte[32];

  abstract TestDatabase database();

  @Override
  protected Receivers receivers() {
    return database().receivers(MASTER);
  }

  @Override
  protected DeliveryLog log() {
    return database().deliveries(MASTER);
  }

  @Override
  protected DeadLetters deadLetters() {
    return database().deadLetters();
  }

  @Override
  protected <T> T write(Supplier<T> action) {
    return database().inTransaction(action);
  }

  @Test
  void secretsInTheDatabaseCannotBeRead() {
    addOne();
    assertThat(database().bytes(Sql.of("select secrets from receiver")))
        .isNotEmpty()
        .allSatisfy(bytes -> assertThat(bytes[0]).isEqualTo((byte) 1));
  }
}
