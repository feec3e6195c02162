package org.muster.delivery.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.jpa.TestDatabase;

/**
 * A process that is to be killed: delivers events, and changes documents from several threads. Each
 * change that was committed is a line of its output: collection, id, version.
 */
final class Child {
  private static final int WRITERS = 4;
  private static final int USERS = 12;
  private static final int GROUPS = 3;

  private final Node node;
  private final TenantId tenant;

  private Child(Node node, TenantId tenant) {
    this.node = node;
    this.tenant = tenant;
  }

  /** Says that it is ready, waits for a tenant and a seed, and goes on until it is killed. */
  public static void main(String[] arguments) throws IOException {
    Node node = Node.over(TestDatabase.postgres().orElseThrow());
    System.out.println("ready");
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String line = in.readLine();
      if (line == null) {
        return;
      }
      String[] words = line.split(" ", -1);
      Child child = new Child(node, new TenantId(words[0]));
      node.deliveries().start();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(Long.parseLong(words[1]) + i);
        Thread writer = new Thread(() -> child.write(random));
        writer.setDaemon(true);
        writer.start();
      }
      while (in.readLine() != null) {
        // until whoever started it has gone
      }
    }
  }

  private void write(Random random) {
    while (true) {
      try {
        change(random).ifPresent(batch -> acknowledge(batch, node.storage().apply(batch)));
      } catch (StorageException.Conflict e) {
        // another thread was faster
      }
    }
  }

  private static void acknowledge(Batch batch, Applied applied) {
    if (applied.moment().isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    applied.changed().forEach((key, stamp) -> line(lines, key, stamp.version().value()));
    long version = applied.moment().get().version().value();
    for (Change change : batch.changes()) {
      if (change instanceof Change.Delete) {
        line(lines, change.key(), version);
      }
    }
    synchronized (System.out) {
      System.out.print(lines);
      System.out.flush();
    }
  }

  private static void line(StringBuilder lines, StorageKey key, long version) {
    lines.append(key.collection()).append(' ').append(key.id()).append(' ').append(version);
    lines.append('\n');
  }

  private Optional<Batch> change(Random random) {
    StorageKey user = new StorageKey(tenant, "User", "u" + random.nextInt(USERS));
    return switch (random.nextInt(10)) {
      case 0 -> delete(user);
      case 1 -> restore(user);
      case 2, 3, 4 -> link(random);
      default -> Optional.of(put(user, random));
    };
  }

  private Batch put(StorageKey key, Random random) {
    Optional<Stored> before = node.storage().get(key, List.of());
    String text = "x".repeat(random.nextInt(300));
    JsonDocument document =
        JsonDocument.ofText(
            "{\"userName\":\"%s\",\"n\":%d,\"title\":\"%s\"}"
                .formatted(key.id(), random.nextInt(), text));
    SortedMap<String, List<String>> keys = new TreeMap<>();
    keys.put("userName", List.of(key.id()));
    Change.Put put = new Change.Put(key, document, keys, key.id());
    return before
        .map(
            stored ->
                Batch.put(
                    put.madeOf(stored, random.nextBoolean()),
                    new Precondition.At(stored.version())))
        .orElseGet(() -> Batch.put(put, new Precondition.Absent()));
  }

  private Optional<Batch> delete(StorageKey key) {
    return node.storage()
        .get(key, List.of())
        .map(stored -> Batch.delete(key, "child", new Precondition.At(stored.version())));
  }

  private Optional<Batch> restore(StorageKey key) {
    Optional<Buried> buried = node.storage().buried(key);
    return buried.map(
        found ->
            Batch.builder(tenant)
                .add(
                    new Change.Restore(key, found.tombstone().version(), new TreeMap<>(), key.id()))
                .expect(key, new Precondition.Absent())
                .build());
  }

  private Optional<Batch> link(Random random) {
    StorageKey group = new StorageKey(tenant, "Group", "g" + random.nextInt(GROUPS));
    if (node.storage().get(group, List.of()).isEmpty()) {
      return Optional.of(put(group, random));
    }
    List<StorageKey> members = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      StorageKey user = new StorageKey(tenant, "User", "u" + i);
      if (random.nextInt(4) == 0 && node.storage().get(user, List.of()).isPresent()) {
        members.add(user);
      }
    }
    if (members.isEmpty()) {
      return Optional.empty();
    }
    Change change =
        random.nextBoolean()
            ? new Change.AddLinks(group, "members", members)
            : new Change.RemoveLinks(group, "members", members);
    return Optional.of(Batch.builder(tenant).add(change).build());
  }
}
