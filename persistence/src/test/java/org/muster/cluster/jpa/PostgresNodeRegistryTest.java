package org.muster.cluster.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.muster.cache.Coherence;
import org.muster.cluster.LiveNodes;
import org.muster.cluster.Node;
import org.muster.cluster.NodeRegistry;
import org.muster.storage.jpa.TestDatabase;

/** Nodes as rows, by the clock of PostgreSQL. */
class PostgresNodeRegistryTest {
  private final NodeRegistry registry = database().nodeRegistry();
  private final Node one = node("host-1/17", Optional.of("n1"));
  private final Node two = node("ħöst/2", Optional.empty());

  @BeforeAll
  static void needsPostgres() {
    assumeTrue(TestDatabase.postgres().isPresent(), TestDatabase::whyNoPostgres);
  }

  private static TestDatabase database() {
    return TestDatabase.postgres().orElseThrow();
  }

  private static Node node(String address, Optional<String> cacheName) {
    return new Node(UUID.randomUUID().toString(), address, cacheName);
  }

  /** Nobody else is in the database of this test's JVM. */
  @AfterEach
  void end() {
    registry.end(one);
    registry.end(two);
    assertThat(registry.beat(one).others()).isEmpty();
    registry.end(one);
  }

  @Test
  void nodesSeeEachOtherAsTheyAre() {
    registry.begin(one);
    assertThat(registry.beat(one).others()).isEmpty();
    registry.begin(two);
    assertThat(registry.beat(one).others()).containsExactly(two);
    assertThat(registry.beat(two).others()).containsExactly(one);
    registry.end(one);
    assertThat(registry.beat(two).others()).isEmpty();
  }

  @Test
  void entriesAreCountedAndBeatsAreNot() {
    registry.begin(one);
    long entered = registry.beat(one).entered();
    assertThat(registry.beat(one).entered()).isEqualTo(entered);
    registry.begin(two);
    registry.end(two);
    assertThat(registry.beat(one).entered()).isEqualTo(entered + 1);
  }

  @Test
  void beatIsOneStatementAndEntersAgainWhatWasRemoved() {
    registry.begin(one);
    database().executed();
    registry.beat(one);
    assertThat(database().executed()).hasSize(1);
    registry.end(one);
    registry.beat(one);
    assertThat(registry.beat(two).others()).containsExactly(one);
  }

  @Test
  void rowThatIsNotRenewedAgesOutByTheClockOfTheDatabase() {
    registry.begin(one);
    age(one, NodeRegistry.LIVE.minusSeconds(2));
    assertThat(registry.beat(two).others()).containsExactly(one);
    age(one, Duration.ofSeconds(3));
    NodeRegistry.Sighting seen = registry.beat(two);
    assertThat(seen.others()).isEmpty();
    assertThat(seen.dead()).containsExactly(one);
    registry.beat(one);
    assertThat(registry.beat(two).others()).containsExactly(one);
  }

  @Test
  void rowsOfTheDeadAreRemovedInTime() {
    registry.begin(one);
    age(one, Duration.ofHours(2));
    registry.begin(two);
    assertThat(database().count("select count(*) from node where id = '" + one.id() + "'"))
        .isZero();
  }

  @Test
  void nodeThatIsAloneIsNoLongerWhenAnotherHasJoined() {
    LiveNodes first = new LiveNodes(one, registry, System::nanoTime);
    LiveNodes second = new LiveNodes(two, registry, System::nanoTime);
    Coherence coherence = first.coherence(name -> false);
    assertThat(first.join()).isZero();
    assertThat(coherence.isConnected()).isTrue();
    assertThat(second.join()).isPositive();
    first.beat();
    assertThat(coherence.isConnected()).isFalse();
    assertThat(first.others()).isEqualTo(List.of(two));
    second.end();
    first.beat();
    assertThat(coherence.isConnected()).isTrue();
  }

  private static void age(Node node, Duration by) {
    database()
        .execute(
            "update node set beat_ms = beat_ms - "
                + by.toMillis()
                + " where id = '"
                + node.id()
                + "'");
  }
}
