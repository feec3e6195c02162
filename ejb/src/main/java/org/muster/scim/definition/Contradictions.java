package org.muster.scim.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.definition.TypeChange.Objection;
import org.muster.scim.filter.UniqueClaims;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.TypeCatalog;
import org.muster.storage.Expression;
import org.muster.storage.StorageException;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * Holds a change of definitions against the stored resources. Each type that could be concerned is
 * read once, up to a limit of resources; beyond it the change is refused.
 */
final class Contradictions {
  private static final int MAX_TOLD = 5;

  private final StorageProvider storage;
  private final long limit;

  Contradictions(StorageProvider storage, long limit) {
    this.storage = storage;
    this.limit = limit;
  }

  /**
   * Refuses, with 409, what stored resources stand against.
   *
   * @return by the name of the type, the attributes that become unique
   */
  Map<String, Set<String>> check(TenantId tenant, TypeCatalog before, TypeCatalog after) {
    Map<String, Set<String>> unique = new HashMap<>();
    for (ResourceType type : before.types()) {
      Optional<ResourceType> now = after.byName(type.name());
      if (now.isEmpty()) {
        checkNone(tenant, type);
      } else if (!now.get().equals(type)) {
        TypeChange change = TypeChange.between(type, now.get());
        check(tenant, now.get(), change);
        unique.put(type.name(), change.unique());
      }
    }
    return unique;
  }

  private void checkNone(TenantId tenant, ResourceType type) {
    long count = count(tenant, type, new Expression.All());
    if (count > 0) {
      throw new ScimException(
          409, type.name() + " can't be removed: there are " + resources(count) + " of it");
    }
  }

  private void check(TenantId tenant, ResourceType type, TypeChange change) {
    Map<String, Long> against = new LinkedHashMap<>();
    change.links().forEach(link -> add(against, link.what(), count(tenant, type, link.stands())));
    if (!change.objections().isEmpty() || !change.unique().isEmpty()) {
      scan(tenant, type, change, against);
    }
    if (!against.isEmpty()) {
      throw refusal(type, against);
    }
  }

  private static void add(Map<String, Long> against, String what, long count) {
    if (count > 0) {
      against.merge(what, count, Long::sum);
    }
  }

  private void scan(
      TenantId tenant, ResourceType type, TypeChange change, Map<String, Long> against) {
    long all = count(tenant, type, new Expression.All());
    if (all > limit) {
      throw new ScimException(
          409,
          "There are "
              + resources(all)
              + " of "
              + type.name()
              + ", and at most "
              + limit
              + " are looked at for such a change (muster.schemas.check-limit)");
    }
    if (all == 0) {
      return;
    }
    Set<String> taken = new HashSet<>();
    Pages.forEach(
        storage,
        tenant,
        type.name(),
        page -> page.forEach(stored -> judge(type, change, stored, taken, against)));
  }

  private static void judge(
      ResourceType type,
      TypeChange change,
      Stored stored,
      Set<String> taken,
      Map<String, Long> against) {
    var document = stored.document().tree();
    for (Objection objection : change.objections()) {
      if (objection.stands().test(document)) {
        add(against, objection.what(), 1);
      }
    }
    if (!change.unique().isEmpty()) {
      UniqueClaims.of(type, document)
          .forEach(
              (name, value) -> {
                if (change.unique().contains(name) && !taken.add(name + "\n" + value)) {
                  add(against, name + " becomes unique, and its value is another's too", 1);
                }
              });
    }
  }

  private long count(TenantId tenant, ResourceType type, Expression filter) {
    try {
      return storage.count(Pages.query(tenant, type.name(), filter, Optional.empty(), limit));
    } catch (StorageException.TooLarge e) {
      throw new ScimException(
          409, "Too many resources of " + type.name() + " would have to be looked at");
    }
  }

  private static ScimException refusal(ResourceType type, Map<String, Long> against) {
    List<String> told = new ArrayList<>();
    against.forEach(
        (what, count) -> {
          if (told.size() < MAX_TOLD) {
            told.add(what + " (" + resources(count) + ")");
          }
        });
    int more = against.size() - told.size();
    return new ScimException(
        409,
        "Stored resources of "
            + type.name()
            + " stand against the change: "
            + String.join("; ", told)
            + (more > 0 ? "; and " + more + " more such changes" : ""));
  }

  private static String resources(long count) {
    return count == 1 ? "1 resource" : count + " resources";
  }
}
