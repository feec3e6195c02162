package org.muster.storage.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.muster.storage.behind.Installation.TENANT;
import static org.muster.storage.behind.Installation.device;
import static org.muster.storage.behind.Installation.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.muster.event.Event;
import org.muster.event.document.DocumentState;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Expression;
import org.muster.storage.FaultyStorage;
import org.muster.storage.People;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.Stored;

/**
 * Random writes, reads and crashes of a node, over a store that fails at times, against what was
 * acknowledged. {@code -Dmuster.seed} repeats one.
 */
@Timeout(120)
class BehindHistoryTest {
  private static final int STEPS = 400;
  private static final int KEYS = 12;

  @TempDir Path folder;
  private final long seed = Long.getLong("muster.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final Map<String, Applied.Stamp> stamps = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  @RepeatedTest(4)
  void whatWasAcknowledgedIsThereInOrderAndOnce() throws Exception {
    System.out.println("Writes behind: seed " + seed);
    Installation installation = new Installation(folder);
    installation.through(
        store ->
            new FaultyStorage(
                store, random.nextLong(), FaultyStorage.Faults.NONE.before(5).after(5)));
    Installation.Node node = restarted(installation);
    for (int step = 0; step < STEPS; step++) {
      int luck = random.nextInt(100);
      if (luck < 70) {
        write(node, "d" + random.nextInt(KEYS), "n" + step);
      } else if (luck < 75) {
        delete(node, "d" + random.nextInt(KEYS));
      } else if (luck < 78) {
        count(node);
      } else if (luck < 80) {
        node.behind().abandon();
        node = restarted(installation);
      } else {
        read(node, "d" + random.nextInt(KEYS));
      }
    }
    node.settle();
    node.close();
    assertThat(node.behind().figures().letters()).as("dead letters, seed %d", seed).isZero();
    for (int i = 0; i < KEYS; i++) {
      check(installation, "d" + i);
    }
  }

  private Installation.Node restarted(Installation installation) {
    return installation
        .node(
            new BehindSettings(
                Set.of("Device"),
                Duration.ofMillis(random.nextInt(20)),
                20,
                1 << 24,
                Duration.ofSeconds(20)))
        .start();
  }

  private void write(Installation.Node node, String id, String name) {
    Optional<Applied.Stamp> before = Optional.ofNullable(stamps.get(id));
    boolean isStale = before.isPresent() && random.nextInt(10) == 0;
    Precondition expected =
        isStale
            ? new Precondition.At(new Version(before.get().version().value() + 1_000_000))
            : before
                .<Precondition>map(stamp -> new Precondition.At(stamp.version()))
                .orElseGet(Precondition.Absent::new);
    try {
      Applied.Stamp stamp =
          node.put(id, name, random.nextBoolean() && !isStale ? new Precondition.Any() : expected)
              .of(device(id))
              .orElseThrow();
      assertThat(isStale).as("a stale writer is told, seed %d", seed).isFalse();
      before.ifPresent(old -> assertThat(stamp.created()).isEqualTo(old.created()));
      stamps.put(id, stamp);
      names.put(id, name);
    } catch (StorageException.Conflict e) {
      assertThat(isStale).as("seed %d", seed).isTrue();
    } catch (StorageException.Unavailable e) {
      resolve(node, id);
    }
  }

  private void delete(Installation.Node node, String id) {
    try {
      node.storage().apply(Batch.delete(device(id), "ann", new Precondition.Any()));
      stamps.remove(id);
      names.remove(id);
    } catch (StorageException.Unavailable e) {
      resolve(node, id);
    }
  }

  /** What came of a write whose outcome is unknown. */
  private void resolve(Installation.Node node, String id) {
    while (true) {
      try {
        Optional<Stored> now = node.get(id);
        stamps.remove(id);
        names.remove(id);
        now.ifPresent(
            stored -> {
              stamps.put(
                  id, new Applied.Stamp(stored.version(), stored.created(), stored.modified()));
              names.put(id, stored.document().tree().path("userName").asText());
            });
        return;
      } catch (StorageException.Unavailable e) {
        // asked again
      }
    }
  }

  private void read(Installation.Node node, String id) {
    try {
      Optional<Stored> read = node.get(id);
      assertThat(read.map(Stored::version))
          .as("%s, seed %d", id, seed)
          .isEqualTo(Optional.ofNullable(stamps.get(id)).map(Applied.Stamp::version));
    } catch (StorageException.Unavailable e) {
      // says nothing
    }
  }

  private void count(Installation.Node node) {
    Query all =
        new Query(
            TENANT,
            "Device",
            new Expression.All(),
            Query.Order.BY_ID,
            new Query.Page.After(Optional.empty(), 100),
            List.of(),
            Long.MAX_VALUE);
    try {
      assertThat(node.storage().count(all)).as("seed %d", seed).isEqualTo(stamps.size());
    } catch (StorageException.Unavailable e) {
      // says nothing
    }
  }

  private void check(Installation installation, String id) {
    Optional<Stored> stored = installation.inStore(id);
    assertThat(stored.map(Stored::document))
        .as("%s, seed %d", id, seed)
        .isEqualTo(Optional.ofNullable(names.get(id)).map(name -> People.document(json(name))));
    Applied.Stamp stamp = stamps.get(id);
    stored.ifPresent(
        found ->
            assertThat(new Applied.Stamp(found.version(), found.created(), found.modified()))
                .as("%s, seed %d", id, seed)
                .isEqualTo(stamp));
    List<Version> told = new ArrayList<>();
    DocumentState state = new DocumentState(device(id));
    for (Event event : installation.events(id)) {
      state.apply(event);
      told.add(event.recorded().version().orElseThrow());
    }
    assertThat(told).as("events of %s, seed %d", id, seed).doesNotHaveDuplicates();
    assertThat(state.presence() == DocumentState.Presence.LIVE).isEqualTo(stored.isPresent());
    stored.ifPresent(found -> assertThat(state.document()).contains(found.document()));
  }
}
