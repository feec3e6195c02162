package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.muster.scim.ScimException;
import org.muster.scim.edit.ResourceValidation;
import org.muster.scim.filter.UniqueClaims;
import org.muster.scim.schema.ResourceType;
import org.muster.security.Scope;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Buried;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;
import org.muster.storage.Tombstone;

/**
 * Brings deleted resources back, or removes them for good. Each is a compare-and-set on the
 * tombstone, so that of several who try one wins; the others find none.
 */
final class Restoring {
  private static final SortedMap<String, List<String>> NO_KEYS = Collections.emptySortedMap();

  private final StorageProvider storage;
  private final Commits commits;

  Restoring(StorageProvider storage, Commits commits) {
    this.storage = storage;
    this.commits = commits;
  }

  Stored restore(RequestContext context, ResourceType type, String id) {
    requireAdministrator(context);
    StorageKey key = Reading.key(context, type, id);
    return Attempts.repeat(
        () -> {
          Buried buried = buried(type, key);
          JsonDocument document = fitting(type, buried);
          Change.Put put = Writing.put(type, key, document);
          Batch.Builder batch = Batch.builder(key.tenant()).from(context.origin());
          batch.add(new Change.Restore(key, buried.tombstone().version(), put.keys(), put.label()));
          UniqueClaims.of(type, document.tree())
              .forEach((name, value) -> batch.add(new Change.Claim(key, name, value)));
          secrets(type, key)
              .map(secret -> new Change.Restore(secret.key(), secret.version(), NO_KEYS, ""))
              .ifPresent(batch::add);
          Applied.Stamp stamp = commits.apply(batch.build()).of(key).orElseThrow();
          return new Stored(
              key,
              stamp.version(),
              stamp.created(),
              stamp.modified(),
              put.label(),
              document,
              List.of());
        });
  }

  void purge(RequestContext context, ResourceType type, String id) {
    requireAdministrator(context);
    StorageKey key = Reading.key(context, type, id);
    Attempts.repeat(
        () -> {
          Batch.Builder batch = Batch.builder(key.tenant()).from(context.origin());
          batch.add(new Change.Purge(key, buried(type, key).tombstone().version()));
          secrets(type, key)
              .map(secret -> new Change.Purge(secret.key(), secret.version()))
              .ifPresent(batch::add);
          return commits.apply(batch.build());
        });
  }

  private Buried buried(ResourceType type, StorageKey key) {
    return storage
        .buried(key)
        .orElseThrow(
            () ->
                ScimException.notFound(
                    "There is no deleted " + type.name() + " with the id " + key.id()));
  }

  private static JsonDocument fitting(ResourceType type, Buried buried) {
    JsonDocument document =
        buried
            .document()
            .orElseThrow(
                () ->
                    new ScimException(
                        409,
                        "The "
                            + type.name()
                            + " was deleted by a version of the server that kept no deleted"
                            + " resources; it can't be restored"));
    ObjectNode tree = document.tree();
    try {
      ResourceValidation.requireFit(type, tree);
    } catch (ScimException e) {
      throw new ScimException(
          409,
          "The deleted " + type.name() + " does not fit its schema any more: " + e.getMessage());
    }
    return document;
  }

  /** The tombstone of the resource's secrets, which are deleted with it. */
  private Optional<Tombstone> secrets(ResourceType type, StorageKey key) {
    return Writing.hasSecrets(type)
        ? storage.buried(Secrets.key(key)).map(Buried::tombstone)
        : Optional.empty();
  }

  /** By the caller and not by the path alone, which may be spelled in many ways. */
  private static void requireAdministrator(RequestContext context) {
    if (!context.caller().may(Scope.TENANT_ADMIN)) {
      throw new ScimException(
          403, "Deleted resources take a token with the scope tenant.admin or platform.admin");
    }
  }
}
