package org.muster.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.muster.kernel.TenantId;
import org.muster.storage.Expression;
import org.muster.storage.LinkQuery;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.Query;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Computes the state root of a collection from what a back end holds, without a tree; to be held
 * against one that was kept. In memory that does not grow with the collection: some entries are
 * sorted in files. Thread-safe.
 */
public final class StateScan {
  private static final int DOCUMENTS = 1_000;
  private static final int LINKS = 1_000;
  private static final int RUN = 100_000;

  private final StorageProvider storage;
  private final Set<String> relations;
  private final Path folder;
  private final int runLength;

  /**
   * A scan of a back end.
   *
   * @param relations all relations that documents may have links of; others are not seen
   * @param folder where files of hashes are put while a root is computed, if there are many
   */
  public StateScan(StorageProvider storage, Set<String> relations, Path folder) {
    this(storage, relations, folder, RUN);
  }

  StateScan(StorageProvider storage, Set<String> relations, Path folder, int runLength) {
    this.storage = storage;
    this.relations = new TreeSet<>(relations);
    this.folder = folder;
    this.runLength = runLength;
  }

  /**
   * The root of a collection. If it is changed meanwhile, it may be that of no state it ever had.
   *
   * @throws StorageException.Unavailable if the folder can't be written to as well
   */
  public StateRoot root(TenantId tenant, String collection) {
    try (EntrySpool spool = new EntrySpool(folder, runLength)) {
      entries(tenant, collection, entry -> add(spool, entry));
      return new SortedRoot(spool.sorted()).root();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static void add(EntrySpool spool, EntryChange entry) {
    try {
      Digest value = entry.value().orElse(Digest.NONE);
      spool.add(new EntryHash(entry.name().key(), value, entry.name() instanceof EntryName.Link));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static StorageException unavailable(IOException cause) {
    return new StorageException.Unavailable("Entries could not be sorted in a file", cause);
  }

  /** Hands on each entry of a collection as what puts it into a tree, documents by ascending id. */
  public void entries(TenantId tenant, String collection, Consumer<EntryChange> consumer) {
    List<StorageKey> anchors = new ArrayList<>();
    Query all =
        new Query(
            tenant,
            collection,
            new Expression.All(),
            Query.Order.BY_ID,
            new Query.Page.After(Optional.empty(), 0),
            List.of(),
            Long.MAX_VALUE);
    storage.scan(
        all,
        stored -> {
          consumer.accept(document(stored));
          anchors.add(stored.key());
          if (anchors.size() == DOCUMENTS) {
            links(anchors, consumer);
          }
        });
    links(anchors, consumer);
  }

  private static EntryChange document(Stored stored) {
    return EntryChange.put(EntryName.Document.of(stored.key()), stored.document());
  }

  private void links(List<StorageKey> anchors, Consumer<EntryChange> consumer) {
    for (String relation : anchors.isEmpty() ? Set.<String>of() : relations) {
      Optional<LinkQuery.Position> after = Optional.empty();
      List<Linked> page;
      do {
        page = storage.links(new LinkQuery(anchors, relation, Direction.OUT, after, LINKS));
        for (Linked link : page) {
          consumer.accept(
              EntryChange.put(EntryName.Link.of(link.anchor(), relation, link.other())));
          after = Optional.of(new LinkQuery.Position(link.anchor(), link.other()));
        }
      } while (page.size() == LINKS);
    }
    anchors.clear();
  }
}
