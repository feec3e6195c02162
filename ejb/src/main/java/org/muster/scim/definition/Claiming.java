package org.muster.scim.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.Precondition;
import org.muster.kernel.TenantId;
import org.muster.scim.filter.UniqueClaims;
import org.muster.scim.resource.Commits;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Claims the values that stored resources have of attributes that become unique, in batches. What
 * is claimed already stays so; claims do not raise versions.
 */
final class Claiming {
  private static final int ATTEMPTS = 5;

  private final StorageProvider storage;
  private final Commits commits;

  Claiming(StorageProvider storage, Commits commits) {
    this.storage = storage;
    this.commits = commits;
  }

  /**
   * Claims all values.
   *
   * @throws StorageException.NotUnique if two resources have the same one; those before are claimed
   */
  void claim(TenantId tenant, ResourceType type, Set<String> attributes) {
    Pages.forEach(storage, tenant, type.name(), page -> claim(type, attributes, page));
  }

  /** Gives all values up. */
  void release(TenantId tenant, ResourceType type, Set<String> attributes) {
    Pages.forEach(
        storage,
        tenant,
        type.name(),
        page -> {
          Batch.Builder batch = Batch.builder(tenant);
          page.forEach(
              stored ->
                  UniqueClaims.of(type, stored.document().tree())
                      .forEach(
                          (name, value) -> {
                            if (attributes.contains(name)) {
                              batch.add(new Change.Release(stored.key(), name, value));
                            }
                          }));
          if (!batch.isEmpty()) {
            commits.apply(batch.build());
          }
        });
  }

  private void claim(ResourceType type, Set<String> attributes, List<Stored> page) {
    try {
      apply(type, attributes, page);
    } catch (StorageException.Conflict e) {
      // Somebody has changed or deleted one of them: one by one, as they are now.
      page.forEach(stored -> claim(type, attributes, stored));
    }
  }

  private void claim(ResourceType type, Set<String> attributes, Stored first) {
    Optional<Stored> now = Optional.of(first);
    for (int attempt = 1; now.isPresent(); attempt++) {
      try {
        apply(type, attributes, List.of(now.get()));
        return;
      } catch (StorageException.Conflict e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        now = storage.get(first.key(), List.of());
      }
    }
  }

  private void apply(ResourceType type, Set<String> attributes, List<Stored> page) {
    Batch.Builder batch = Batch.builder(page.get(0).key().tenant());
    for (Stored stored : page) {
      List<Change> claims = new ArrayList<>();
      UniqueClaims.of(type, stored.document().tree())
          .forEach(
              (name, value) -> {
                if (attributes.contains(name)) {
                  claims.add(new Change.Claim(stored.key(), name, value));
                }
              });
      if (!claims.isEmpty()) {
        batch.expect(stored.key(), new Precondition.At(stored.version()));
        claims.forEach(batch::add);
      }
    }
    if (!batch.isEmpty()) {
      commits.apply(batch.build());
    }
  }
}
