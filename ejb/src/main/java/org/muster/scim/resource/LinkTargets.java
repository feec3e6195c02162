package org.muster.scim.resource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.edit.Edit.LinkEdit;
import org.muster.scim.edit.Edit.LinkValue;
import org.muster.scim.schema.AttributePath;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * The resources that the links of an edit lead to. One that does not exist is 400 invalidValue (RFC
 * 7644 leaves a dangling reference open; Muster never drops it in silence).
 */
final class LinkTargets {
  private static final int CHUNK = 10_000;

  private final TenantId tenant;
  private final Set<StorageKey> live = new HashSet<>();
  private final Map<StorageKey, String> labels = new HashMap<>();

  private LinkTargets(TenantId tenant) {
    this.tenant = tenant;
  }

  /**
   * Looks up what the edits link to, with a number of reads that does not grow with it.
   *
   * @param fresh what the same batch creates, with its labels
   */
  static LinkTargets find(
      StorageProvider storage,
      TenantId tenant,
      List<LinkEdit> edits,
      Map<StorageKey, String> fresh) {
    LinkTargets targets = new LinkTargets(tenant);
    Set<StorageKey> wanted = new LinkedHashSet<>();
    for (LinkEdit edit : edits) {
      boolean labelled = !edit.attribute().attribute().multiValued();
      for (LinkValue value : added(edit)) {
        List<StorageKey> candidates = targets.candidates(edit.attribute(), value);
        if (candidates.stream().anyMatch(fresh::containsKey)) {
          candidates.stream().filter(fresh::containsKey).forEach(key -> targets.found(key, fresh));
        } else if (labelled) {
          candidates.forEach(key -> storage.get(key, List.of()).ifPresent(targets::found));
        } else {
          wanted.addAll(candidates);
        }
      }
    }
    targets.findAll(storage, wanted);
    return targets;
  }

  /** The keys that a value may mean: one for each type that may stand there. */
  List<StorageKey> candidates(AttributePath attribute, LinkValue value) {
    if (!StorageKey.isId(value.id())) {
      return List.of();
    }
    List<String> types = value.type().map(List::of).orElse(TypeLinks.link(attribute).types());
    return types.stream().map(type -> new StorageKey(tenant, type, value.id())).toList();
  }

  /** The keys that the values mean. */
  List<StorageKey> keys(AttributePath attribute, List<LinkValue> values) {
    return values.stream().map(value -> key(attribute, value)).toList();
  }

  /** The label of a target of a single-valued attribute. */
  String label(StorageKey target) {
    return labels.getOrDefault(target, "");
  }

  private StorageKey key(AttributePath attribute, LinkValue value) {
    @Nullable StorageKey found = null;
    for (StorageKey candidate : candidates(attribute, value)) {
      if (live.contains(candidate)) {
        found = candidate;
        break;
      }
    }
    return Optional.ofNullable(found)
        .orElseThrow(
            () ->
                ScimException.badRequest(
                    ScimException.Type.INVALID_VALUE,
                    Optional.of(attribute.toString()),
                    attribute
                        + " refers to \""
                        + value.id()
                        + "\", which is not the id of a "
                        + String.join(" or ", TypeLinks.link(attribute).types())));
  }

  private static List<LinkValue> added(LinkEdit edit) {
    if (edit instanceof LinkEdit.Replace replace) {
      return replace.values();
    }
    return edit instanceof LinkEdit.Add add ? add.values() : List.of();
  }

  private void found(StorageKey target, Map<StorageKey, String> fresh) {
    live.add(target);
    labels.put(target, fresh.getOrDefault(target, ""));
  }

  private void found(Stored target) {
    live.add(target.key());
    labels.put(target.key(), target.label());
  }

  private void findAll(StorageProvider storage, Set<StorageKey> wanted) {
    Set<StorageKey> chunk = new HashSet<>();
    for (StorageKey key : wanted) {
      chunk.add(key);
      if (chunk.size() == CHUNK) {
        live.addAll(storage.existing(chunk));
        chunk = new HashSet<>();
      }
    }
    if (!chunk.isEmpty()) {
      live.addAll(storage.existing(chunk));
    }
  }
}
