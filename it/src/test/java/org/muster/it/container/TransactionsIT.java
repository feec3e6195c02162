package org.muster.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.kernel.Version;
import org.muster.scim.resource.ResourceWrites;
import org.muster.scim.resource.Resources;
import org.muster.storage.Batch;
import org.muster.storage.Capability;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/** The services in their container: what is injected, and what a transaction keeps or leaves. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class TransactionsIT {
  private static final TenantId TENANT = TenantId.DEFAULT;

  @Inject private StorageProvider storage;
  @Inject private Resources resources;
  @EJB private ResourceWrites writes;
  @Resource private UserTransaction transaction;
  @Resource private ManagedExecutorService executor;

  @Deployment
  static EnterpriseArchive ear() {
    return TestEar.with(TransactionsIT.class, TestEar.class);
  }

  @Test
  void servicesAndStorageAreInjected() {
    assertThat(storage).isNotNull();
    assertThat(resources).isNotNull();
    assertThat(writes).isNotNull();
    assertThat(storage.capabilities()).contains(Capability.TRANSACTIONS);
    assertThat(storage.health().up()).isTrue();
  }

  @Test
  void transactionThatRollsBackLeavesNothing() throws Exception {
    StorageKey key = key();
    String claim = "claim-" + key.id();
    transaction.begin();
    storage.apply(put(key, 1, new Precondition.Absent(), claim));
    assertThat(storage.get(key, List.of())).isPresent();
    transaction.rollback();

    assertThat(storage.get(key, List.of())).isEmpty();
    assertThat(storage.existing(Set.of(key))).isEmpty();
    StorageKey heir = key();
    writes.apply(put(heir, 1, new Precondition.Absent(), claim));
    assertThat(storage.get(heir, List.of())).isPresent();
  }

  @Test
  void failureRollsBackWhatTheSameTransactionWroteBefore() throws Exception {
    StorageKey key = key();
    StorageKey present = key();
    writes.apply(put(present, 1, new Precondition.Absent(), "claim-" + present.id()));
    transaction.begin();
    writes.apply(put(key, 1, new Precondition.Absent(), "claim-" + key.id()));
    assertThatThrownBy(
            () -> writes.apply(put(present, 2, new Precondition.Absent(), "claim-" + present.id())))
        .isInstanceOf(StorageException.Conflict.class);
    assertThatThrownBy(transaction::commit).isInstanceOf(RollbackException.class);

    assertThat(storage.get(key, List.of())).isEmpty();
    assertThat(number(present)).isEqualTo(1);
  }

  @Test
  void secondWriterAtTheSameVersionConflicts() {
    StorageKey key = key();
    Version first = write(key, 1, new Precondition.Absent());
    Version second = write(key, 2, new Precondition.At(first));
    assertThat(second).isNotEqualTo(first);
    assertThatThrownBy(() -> write(key, 3, new Precondition.At(first)))
        .isInstanceOf(StorageException.Conflict.class);
    assertThat(number(key)).isEqualTo(2);
  }

  @Test
  void ofWritersThatRaceFromOneVersionOneWins() throws Exception {
    StorageKey key = key();
    Version start = write(key, 0, new Precondition.Absent());
    int writers = 4;
    CountDownLatch ready = new CountDownLatch(writers);
    List<Future<Boolean>> outcomes = new ArrayList<>();
    for (int i = 1; i <= writers; i++) {
      int number = i;
      outcomes.add(
          executor.submit(
              () -> {
                ready.countDown();
                ready.await(10, TimeUnit.SECONDS);
                try {
                  write(key, number, new Precondition.At(start));
                  return true;
                } catch (StorageException.Conflict e) {
                  return false;
                }
              }));
    }
    int winner = 0;
    for (int i = 1; i <= writers; i++) {
      if (outcomes.get(i - 1).get(60, TimeUnit.SECONDS)) {
        assertThat(winner).as("a winner beside " + i).isZero();
        winner = i;
      }
    }
    assertThat(winner).isPositive();
    assertThat(number(key)).isEqualTo(winner);
  }

  @Test
  void takenClaimReachesTheCallerAsItself() {
    StorageKey owner = key();
    StorageKey rival = key();
    writes.apply(put(owner, 1, new Precondition.Absent(), "claim-" + owner.id()));
    assertThatThrownBy(
            () -> writes.apply(put(rival, 1, new Precondition.Absent(), "claim-" + owner.id())))
        .isInstanceOf(StorageException.NotUnique.class);
    assertThat(storage.get(rival, List.of())).isEmpty();
  }

  private Version write(StorageKey key, int number, Precondition expected) {
    return writes
        .apply(put(key, number, expected, "claim-" + key.id()))
        .of(key)
        .orElseThrow()
        .version();
  }

  private int number(StorageKey key) {
    return storage.get(key, List.of()).orElseThrow().document().tree().path("number").asInt();
  }

  private static StorageKey key() {
    return new StorageKey(TENANT, "TransactionsIT", UUID.randomUUID().toString());
  }

  private static Batch put(StorageKey key, int number, Precondition expected, String claim) {
    JsonDocument document =
        JsonDocument.of(JsonNodeFactory.instance.objectNode().put("number", number));
    return Batch.builder(TENANT)
        .expect(key, expected)
        .add(new Change.Put(key, document, new TreeMap<>(), ""))
        .add(new Change.Claim(key, "name", claim))
        .build();
  }
}
