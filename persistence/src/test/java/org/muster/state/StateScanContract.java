package org.muster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.muster.kernel.TenantId;
import org.muster.state.memory.MemoryNodes;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.People;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.memory.MemoryStorage;

/** The root computed from what a back end holds, on every back end. */
@Timeout(300)
public abstract class StateScanContract {
  private static final Set<String> RELATIONS = Set.of("members", "manager");

  private final long seed = Long.getLong("muster.seed", new Random().nextLong());
  private StorageProvider storage;
  private TenantId tenant;

  @TempDir Path folder;

  /** The provider under test, with a transaction around each call that needs one. */
  protected abstract StorageProvider storage();

  @BeforeEach
  void open() {
    storage = storage();
    tenant = tenant();
  }

  private static TenantId tenant() {
    return new TenantId("t" + UUID.randomUUID().toString().replace("-", ""));
  }

  @Test
  void emptyCollectionHasTheEmptyRoot() throws IOException {
    assertThat(scan(storage, 100).root(tenant, "User")).isEqualTo(StateRoot.EMPTY);
    assertNoFiles();
  }

  @Test
  void rootIsThatOfTheKeptTreeAfterAnyHistoryOnAnyBackEnd() throws IOException {
    TenantId elsewhere = tenant();
    StorageProvider memory = new MemoryStorage(Clock.systemUTC());
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      Batch.Builder here = Batch.builder(tenant);
      Batch.Builder there = Batch.builder(elsewhere);
      long draw = random.nextLong();
      changes(tenant, new Random(draw)).forEach(here::add);
      changes(elsewhere, new Random(draw)).forEach(there::add);
      storage.apply(here.build());
      memory.apply(there.build());
    }
    for (String collection : List.of("User", "Group")) {
      StateRoot root = scan(storage, 7).root(tenant, collection);
      assertThat(root.entries()).as("seed %d", seed).isGreaterThan(Node.BUCKET);
      assertThat(root.documents()).isPositive();
      assertThat(root)
          .as("seed %d", seed)
          .isEqualTo(scan(storage, 1_000_000).root(tenant, collection))
          .isEqualTo(scan(memory, 100).root(elsewhere, collection))
          .isEqualTo(kept(collection).root());
    }
    assertNoFiles();
  }

  /** Every id is put before it is linked to; some are deleted now and then. */
  private static List<Change> changes(TenantId tenant, Random random) {
    List<Change> changes = new ArrayList<>();
    StorageKey group = key(tenant, "Group", random.nextInt(15));
    changes.add(People.put(group, "{'displayName':'" + random.nextInt(5) + "'}"));
    List<StorageKey> targets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      StorageKey user = key(tenant, "User", random.nextInt(60));
      changes.add(People.put(user, "{'n':" + random.nextInt(3) + ".0,'tags':['\\u00e9',null]}"));
      targets.add(user);
    }
    changes.add(
        random.nextInt(4) == 0
            ? new Change.ReplaceLinks(group, "members", targets)
            : new Change.AddLinks(group, "members", targets));
    changes.add(new Change.ReplaceLinks(targets.get(0), "manager", targets.subList(1, 2)));
    if (random.nextInt(5) == 0) {
      changes.add(new Change.Delete(targets.get(2), "tester"));
    }
    return changes;
  }

  private static StorageKey key(TenantId tenant, String collection, int number) {
    List<String> odd = List.of("a/b", "a", "\"", "\\", "\ud7ff", "\ue000", "\uffff", "😀", "é");
    return new StorageKey(
        tenant, collection, number < odd.size() ? odd.get(number) : "id" + number);
  }

  private StateTree kept(String collection) {
    StateTree tree = new StateTree(new MemoryNodes(), new TreeId(tenant, collection));
    List<EntryChange> entries = new ArrayList<>();
    scan(storage, 100).entries(tenant, collection, entries::add);
    tree.apply(entries);
    return tree;
  }

  @Test
  void contentAloneCounts() {
    StorageKey ann = new StorageKey(tenant, "User", "ann");
    StorageKey bob = new StorageKey(tenant, "User", "bob");
    apply(People.put(ann, "{'a':1,'b':[1,2]}"), People.put(bob, "{}"));
    StateRoot root = root();
    apply(People.put(ann, JsonDocument.ofText("{ \"b\": [1, 2.0],\n\"a\": 1e0}")));
    assertThat(root()).as("another version, another spelling").isEqualTo(root);
    apply(new Change.AddLinks(ann, "manager", List.of(bob)));
    StateRoot linked = root();
    assertThat(linked.links()).isEqualTo(1);
    assertThat(linked.digest()).isNotEqualTo(root.digest());
    apply(new Change.RemoveLinks(ann, "manager", List.of(bob)));
    assertThat(root()).isEqualTo(root);
    apply(People.put(ann, "{'a':1,'b':[2,1]}"));
    assertThat(root()).isNotEqualTo(root);
    apply(new Change.Delete(ann, "tester"));
    assertThat(root().documents()).isEqualTo(1);
    apply(People.put(ann, "{'b':[1,2],'a':1}"));
    assertThat(root()).as("deleted and made anew").isEqualTo(root);
  }

  @Test
  void documentsAndLinksBeyondAPageAreAllSeen() {
    int users = 1_100;
    Batch.Builder batch = Batch.builder(tenant);
    List<StorageKey> members = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      StorageKey user = new StorageKey(tenant, "User", "u" + i);
      members.add(user);
      batch.add(People.put(user, "{}"));
    }
    List<StorageKey> groups = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      StorageKey group = new StorageKey(tenant, "Group", "g" + i);
      groups.add(group);
      batch.add(People.put(group, "{}"));
    }
    storage.apply(batch.build());
    groups.forEach(group -> apply(new Change.AddLinks(group, "members", members)));
    StateRoot root = scan(storage, 1_000).root(tenant, "Group");
    assertThat(root.documents()).isEqualTo(3);
    assertThat(root.links()).isEqualTo(3L * users);
    assertThat(root).isEqualTo(kept("Group").root());
    assertThat(root().documents()).isEqualTo(users);
  }

  @Test
  void folderThatCannotBeWrittenToIsTold() {
    Path missing = folder.resolve("missing");
    apply(
        People.put(new StorageKey(tenant, "User", "a"), "{}"),
        People.put(new StorageKey(tenant, "User", "b"), "{}"));
    assertThatThrownBy(() -> new StateScan(storage, RELATIONS, missing, 1).root(tenant, "User"))
        .isInstanceOf(StorageException.Unavailable.class);
  }

  private void apply(Change... changes) {
    storage.apply(new Batch(tenant, List.of(changes), Map.of()));
  }

  private StateRoot root() {
    return scan(storage, 100).root(tenant, "User");
  }

  private StateScan scan(StorageProvider provider, int runLength) {
    return new StateScan(provider, RELATIONS, folder, runLength);
  }

  private void assertNoFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
