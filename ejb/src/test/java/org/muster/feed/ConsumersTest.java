package org.muster.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.muster.event.Checkpoint;
import org.muster.event.Checkpoints;
import org.muster.event.ConsumerId;
import org.muster.event.Position;
import org.muster.event.Sealing;
import org.muster.event.memory.MemoryCheckpoints;
import org.muster.event.memory.MemoryEventStore;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Condition;

/** Who may move a consumer, and who is told that another one has. */
class ConsumersTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final Condition NONE = new Condition.None();
  private static final Condition STAR = new Condition.Star();

  private final Checkpoints checkpoints =
      new MemoryCheckpoints(new MemoryEventStore(Runnable::run, Sealing.NONE));
  private Runnable before = () -> {};
  private final Consumers consumers =
      new Consumers(
          checkpoints,
          new Consumers.Writes() {
            @Override
            public <T> T write(Function<Checkpoints, T> change) {
              before.run();
              return change.apply(checkpoints);
            }
          },
          Clock.fixed(Instant.ofEpochSecond(5), ZoneOffset.UTC));

  @Test
  void firstSaveCreatesAndLaterOnesSayWhatTheyHaveSeen() {
    Consumers.Saved first = consumers.save(TENANT, "a", at(5), NONE);
    assertThat(first.isNew()).isTrue();
    assertThat(first.checkpoint().time()).isEqualTo(Instant.ofEpochSecond(5));
    assertStatus(428, () -> consumers.save(TENANT, "a", at(6), NONE));
    Consumers.Saved second = consumers.save(TENANT, "a", at(6), seen(first.checkpoint()));
    assertThat(second.isNew()).isFalse();
    assertStatus(412, () -> consumers.save(TENANT, "a", at(7), seen(first.checkpoint())));
    assertThat(consumers.get(TENANT, "a").position()).isEqualTo(at(6));
    consumers.save(TENANT, "a", at(1), STAR);
    assertThat(consumers.get(TENANT, "a").position()).isEqualTo(at(1));
    assertStatus(412, () -> consumers.save(TENANT, "b", at(1), STAR));
  }

  @Test
  void whoIsOvertakenBetweenLookAndWriteHearsOfIt() {
    Checkpoint seen = consumers.save(TENANT, "a", at(5), NONE).checkpoint();
    before =
        () -> checkpoints.save(seen.consumer(), at(9), Instant.EPOCH, new Precondition.Present());
    assertStatus(412, () -> consumers.save(TENANT, "a", at(6), seen(seen)));
    assertStatus(412, () -> consumers.remove(TENANT, "a", seen(seen)));
    assertThat(consumers.get(TENANT, "a").position()).isEqualTo(at(9));
  }

  @Test
  void removedConsumerIsNotFound() {
    Checkpoint saved = consumers.save(TENANT, "a", at(5), NONE).checkpoint();
    assertStatus(412, () -> consumers.remove(TENANT, "a", new Condition.Tags(List.of("99"))));
    consumers.remove(TENANT, "a", seen(saved));
    assertStatus(404, () -> consumers.get(TENANT, "a"));
    assertStatus(404, () -> consumers.remove(TENANT, "a", NONE));
    consumers.save(TENANT, "a", at(5), NONE);
    consumers.remove(TENANT, "a", NONE);
    assertStatus(404, () -> consumers.get(TENANT, "a"));
  }

  @Test
  void partsOfTheServerAreNoConsumersOfClients() {
    ConsumerId part = new ConsumerId(TENANT, ".part");
    checkpoints.save(part, at(5), Instant.EPOCH, new Precondition.Absent());
    assertStatus(404, () -> consumers.get(TENANT, ".part"));
    assertStatus(404, () -> consumers.remove(TENANT, ".part", STAR));
    assertStatus(400, () -> consumers.save(TENANT, ".part", at(1), STAR));
    assertThat(consumers.page(TENANT, Optional.empty(), 10)).isEmpty();
    assertThat(consumers.page(TENANT, Optional.of("."), 10)).isEmpty();
  }

  @Test
  void tenantHasABoundedNumberOfConsumers() {
    for (int i = 0; i < 1_000; i++) {
      consumers.save(TENANT, "c" + i, at(1), NONE);
    }
    assertStatus(403, () -> consumers.save(TENANT, "one-more", at(1), NONE));
    consumers.save(TENANT, "c7", at(2), STAR);
    consumers.save(new TenantId("other"), "c", at(1), NONE);
  }

  private static Position at(long sequence) {
    return new Position(sequence);
  }

  private static Condition seen(Checkpoint checkpoint) {
    return new Condition.Tags(List.of(checkpoint.version().toString()));
  }

  private static void assertStatus(int status, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
