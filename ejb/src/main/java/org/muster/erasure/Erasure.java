package org.muster.erasure;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.muster.event.seal.SubjectKeys;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Attempts;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;

/**
 * Makes what is told of a deleted resource unreadable for good. Holds no transaction and must not
 * be called in one. Thread-safe.
 */
public final class Erasure {
  private final StorageProvider storage;
  private final ResourceTypes types;
  private final SubjectKeys keys;
  private final BiConsumer<StorageKey, Origin> transaction;
  private final Consumer<StorageKey> forgetting;
  private final boolean sealed;

  /**
   * The erasure of resources.
   *
   * @param transaction erases in a transaction of its own, which is committed on return
   * @param forgetting gives up what this node has of a subject beside the store
   * @param sealed whether what is told of them is sealed
   */
  public Erasure(
      StorageProvider storage,
      ResourceTypes types,
      SubjectKeys keys,
      BiConsumer<StorageKey, Origin> transaction,
      Consumer<StorageKey> forgetting,
      boolean sealed) {
    this.storage = storage;
    this.types = types;
    this.keys = keys;
    this.transaction = transaction;
    this.forgetting = forgetting;
    this.sealed = sealed;
  }

  /**
   * Erases a resource; erasing it once more changes nothing.
   *
   * @param type the name of its type, which may be gone already
   * @param origin who wants it
   * @throws ScimException 404 for what is no type and has left no trace, or no id; 409 if the
   *     resource is not deleted; 501 if what is told of resources is not sealed
   */
  public void erase(TenantId tenant, String type, String id, Origin origin) {
    if (!sealed) {
      throw new ScimException(
          501, "Events are not sealed (muster.event.sealing), so that nothing can be erased");
    }
    StorageKey subject = subject(tenant, type, id).orElseThrow(Erasure::unknown);
    Attempts.repeat(
        () -> {
          transaction.accept(subject, origin);
          return subject;
        });
    forgetting.accept(subject); // with or without a tombstone, and never before the commit
  }

  private Optional<StorageKey> subject(TenantId tenant, String type, String id) {
    if (!StorageKey.isId(id)) {
      return Optional.empty();
    }
    Optional<ResourceType> known = types.byName(tenant, type);
    if (known.isPresent()) {
      return Optional.of(new StorageKey(tenant, known.get().name(), id));
    }
    if (!isCollection(type)) {
      return Optional.empty();
    }
    StorageKey subject = new StorageKey(tenant, type, id);
    return hasTrace(subject) ? Optional.of(subject) : Optional.empty();
  }

  private boolean hasTrace(StorageKey subject) {
    return !storage.existing(Set.of(subject)).isEmpty()
        || storage.buried(subject).isPresent()
        || !keys.find(Set.of(subject)).isEmpty();
  }

  /** What begins with a dollar sign belongs to the server, or to a resource that is erased. */
  private static boolean isCollection(String type) {
    return StorageKey.isId(type) && type.length() <= 64 && !type.startsWith("$");
  }

  private static ScimException unknown() {
    return ScimException.notFound("There is no such subject");
  }
}
