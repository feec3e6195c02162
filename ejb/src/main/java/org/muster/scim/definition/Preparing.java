package org.muster.scim.definition;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.access.Definition;
import org.muster.access.Definition.Kind;
import org.muster.kernel.TenantId;
import org.muster.scim.filter.SearchKeys;
import org.muster.scim.resource.Commits;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Indexed;
import org.muster.storage.Path;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Prepares stored resources for attributes that have become searchable or unique: writes their keys
 * and claims in batches, has indexes built, and only then lets searches rely on them. Begins when
 * all nodes know the new definition, so that nobody writes by the old one meanwhile. Whatever stops
 * it, it starts again from the beginning; two nodes at once do no harm.
 */
public final class Preparing {
  private static final Logger LOG = System.getLogger(Preparing.class.getName());
  private static final int TYPES_AT_ONCE = 10;

  private final DefinitionStore store;
  private final TenantResourceTypes types;
  private final StorageProvider storage;
  private final Commits commits;
  private final Indexes indexes;
  private final Duration settling;
  private final Clock clock;

  /** Builds indexes. */
  @FunctionalInterface
  public interface Indexes {
    /** Has the index of a path of a type's resources built. */
    Indexed build(String type, Path path);
  }

  /**
   * The preparation of a store's resources.
   *
   * @param settling how long it takes until every node knows a change
   */
  public Preparing(
      DefinitionStore store,
      TenantResourceTypes types,
      StorageProvider storage,
      Commits commits,
      Indexes indexes,
      Duration settling,
      Clock clock) {
    this.store = store;
    this.types = types;
    this.storage = storage;
    this.commits = commits;
    this.indexes = indexes;
    this.settling = settling;
    this.clock = clock;
  }

  /** Does what is to be done now. */
  public void run() {
    for (Definition due : store.pending(clock.instant().minus(settling), TYPES_AT_ONCE)) {
      try {
        prepare(due);
      } catch (StorageException e) {
        LOG.log(
            Level.WARNING,
            "Resources could not be prepared for a change of " + due.name() + "; trying again",
            e);
      }
    }
  }

  private void prepare(Definition due) {
    TenantId tenant = due.tenant();
    DefinitionStore.State state = store.of(tenant);
    Draft draft = new Draft(state.definitions());
    Optional<Entry> entry =
        draft
            .find(Kind.RESOURCE_TYPE, due.name())
            .filter(now -> now.version() == due.version() && !now.pending().isEmpty());
    Optional<ResourceType> type = types.catalog(draft.entries(), "").byName(due.name());
    if (entry.isEmpty() || type.isEmpty()) {
      return; // it has been changed again
    }
    Pages.forEach(storage, tenant, due.name(), page -> reindex(type.get(), page));
    claim(tenant, type.get(), Set.copyOf(entry.get().pending()));
    Set<String> unindexed = new HashSet<>(entry.get().unindexed());
    List<String> left = new ArrayList<>();
    for (Path path : SearchKeys.indexedPaths(type.get())) {
      if (entry.get().pending().contains(path.name())) {
        switch (indexes.build(type.get().name(), path)) {
          case READY -> unindexed.remove(path.name());
          case REFUSED -> unindexed.add(path.name());
          case LATER -> left.add(path.name());
        }
      }
    }
    // The definition itself stays as it was, and so does its version.
    Entry prepared = entry.get().preparing(left, List.copyOf(unindexed));
    store.change(
        tenant,
        state.version(),
        next -> List.of(prepared.stored(tenant, prepared.version(), prepared.changed())),
        List.of(),
        List.of());
    types.forget(tenant);
  }

  private void reindex(ResourceType type, List<Stored> page) {
    Batch.Builder batch = Batch.builder(page.get(0).key().tenant());
    for (Stored stored : page) {
      batch.add(
          new Change.Reindex(
              stored.key(), stored.version(), SearchKeys.of(type, stored.document().tree())));
    }
    commits.apply(batch.build());
  }

  /** For what was written by the old definition while the new one was made. */
  private void claim(TenantId tenant, ResourceType type, Set<String> attributes) {
    try {
      new Claiming(storage, commits).claim(tenant, type, attributes);
    } catch (StorageException.NotUnique e) {
      LOG.log(
          Level.WARNING,
          "Two resources of {0} have the same value of {1}: one was written while the attribute"
              + " became unique",
          type.name(),
          e.attribute());
    }
  }
}
