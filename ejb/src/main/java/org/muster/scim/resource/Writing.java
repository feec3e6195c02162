package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.muster.kernel.Precondition;
import org.muster.scim.ScimException;
import org.muster.scim.edit.Edit;
import org.muster.scim.edit.PatchRequest;
import org.muster.scim.edit.Patching;
import org.muster.scim.edit.ResourceValidation;
import org.muster.scim.filter.Filter;
import org.muster.scim.filter.FilterEvaluation;
import org.muster.scim.filter.FilterParser;
import org.muster.scim.filter.SearchKeys;
import org.muster.scim.filter.UniqueClaims;
import org.muster.scim.policy.Leniency;
import org.muster.scim.schema.Attribute;
import org.muster.scim.schema.AttributePath;
import org.muster.scim.schema.ResourceType;
import org.muster.scim.schema.ResourceTypes;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.JsonDocument;
import org.muster.storage.LinkSelector.Direction;
import org.muster.storage.Linked;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;
import org.muster.storage.StorageProvider;
import org.muster.storage.Stored;

/**
 * The writes. What a write needs to know is read without a transaction; then one batch, whose
 * preconditions say that it is still so, is applied in one. A lost race starts again from reading.
 */
final class Writing {
  private final StorageProvider storage;
  private final Commits commits;
  private final ResourceTypes types;
  private final Secrets secrets;

  Writing(StorageProvider storage, Commits commits, ResourceTypes types, Secrets secrets) {
    this.storage = storage;
    this.commits = commits;
    this.types = types;
    this.secrets = secrets;
  }

  Stored create(RequestContext context, View view, ObjectNode body) {
    ResourceType type = view.type();
    Edit edit = ResourceValidation.create(type, body, leniency(context));
    Map<String, Optional<String>> hashed = secrets.hashing().of(edit.secrets());
    StorageKey key =
        new StorageKey(context.tenant(), type.name(), UuidCreator.getTimeOrderedEpoch().toString());
    return Attempts.repeat(
        () -> {
          LinkChanges links = links(context, key, edit);
          JsonDocument document = JsonDocument.of(edit.document());
          Batch.Builder batch = Batch.builder(key.tenant());
          batch.expect(key, new Precondition.Absent());
          Change.Put put = put(type, key, document);
          batch.add(put);
          UniqueClaims.of(type, edit.document())
              .forEach((name, value) -> batch.add(new Change.Claim(key, name, value)));
          links.of(edit.links()).forEach(batch::add);
          Secrets.add(batch, storage, key, hashed);
          Applied.Stamp stamp = commits.apply(batch.build()).of(key).orElseThrow();
          return new Stored(
              key,
              stamp.version(),
              stamp.created(),
              stamp.modified(),
              put.label(),
              document,
              linked(view, links, edit, List.of()));
        });
  }

  Stored replace(RequestContext context, View view, String id, Condition ifMatch, ObjectNode body) {
    return change(
        context,
        view,
        id,
        ifMatch,
        current -> ResourceValidation.replace(view.type(), current, body, leniency(context)));
  }

  Stored patch(RequestContext context, View view, String id, Condition ifMatch, ObjectNode body) {
    Leniency leniency = leniency(context);
    PatchRequest request = PatchRequest.parse(body, PatchRequest.MAX_OPERATIONS, leniency);
    return change(
        context,
        view,
        id,
        ifMatch,
        current -> Patching.patch(view.type(), current, request, leniency));
  }

  private static Leniency leniency(RequestContext context) {
    return Leniency.of(context.policy().profile());
  }

  /** Makes an edit of the stored document. */
  @FunctionalInterface
  private interface Editing {
    Edit edit(ObjectNode current);
  }

  private Stored change(
      RequestContext context, View view, String id, Condition ifMatch, Editing editing) {
    StorageKey key = Reading.key(context, view.type(), id);
    Secrets.Hashing hashing = secrets.hashing();
    return Attempts.repeat(
        () -> {
          Stored before =
              storage
                  .get(key, view.selectors())
                  .orElseThrow(() -> Reading.notFound(view.type(), id));
          checkMatch(ifMatch, before);
          Edit edit = editing.edit(before.document().tree());
          Map<String, Optional<String>> hashed = hashing.of(edit.secrets());
          if (!edit.documentChanged() && edit.links().isEmpty() && hashed.isEmpty()) {
            return before;
          }
          return change(context, view, ifMatch, before, edit, hashed);
        });
  }

  private Stored change(
      RequestContext context,
      View view,
      Condition ifMatch,
      Stored before,
      Edit edit,
      Map<String, Optional<String>> hashed) {
    StorageKey key = before.key();
    LinkChanges links = links(context, key, edit);
    Batch.Builder batch = Batch.builder(key.tenant());
    // A new secret is a change of the resource, though nothing of it is shown.
    boolean rewritten = edit.documentChanged() || !hashed.isEmpty();
    JsonDocument document =
        edit.documentChanged() ? JsonDocument.of(edit.document()) : before.document();
    batch.expect(
        key,
        rewritten || ifMatch instanceof Condition.Tags
            ? new Precondition.At(before.version())
            : new Precondition.Present());
    if (rewritten) {
      batch.add(put(view.type(), key, document));
    }
    if (edit.documentChanged()) {
      addClaims(batch, view.type(), before, edit.document());
    }
    links.of(edit.links()).forEach(batch::add);
    Secrets.add(batch, storage, key, hashed);
    if (batch.isEmpty()) {
      return before;
    }
    Optional<Applied.Stamp> stamp = commits.apply(batch.build()).of(key);
    return new Stored(
        key,
        stamp.map(Applied.Stamp::version).orElse(before.version()),
        before.created(),
        stamp.map(Applied.Stamp::modified).orElse(before.modified()),
        before.label(),
        document,
        linked(view, links, edit, before.links()));
  }

  void delete(RequestContext context, ResourceType type, String id, Condition ifMatch) {
    StorageKey key = Reading.key(context, type, id);
    Attempts.repeat(
        () -> {
          Precondition expected = new Precondition.Present();
          if (ifMatch instanceof Condition.Tags) {
            Stored before =
                storage.get(key, List.of()).orElseThrow(() -> Reading.notFound(type, id));
            checkMatch(ifMatch, before);
            expected = new Precondition.At(before.version());
          }
          delete(context, type, key, expected);
          return Boolean.TRUE;
        });
  }

  private void delete(
      RequestContext context, ResourceType type, StorageKey key, Precondition expected) {
    Batch.Builder batch = Batch.builder(key.tenant());
    batch.expect(key, expected);
    batch.add(new Change.Delete(key, context.caller().id()));
    if (hasSecrets(type)) {
      batch.add(new Change.Delete(Secrets.key(key), context.caller().id()));
    }
    try {
      commits.apply(batch.build());
    } catch (StorageException.Conflict e) {
      if (storage.existing(Set.of(key)).isEmpty()) {
        throw Reading.notFound(type, key.id());
      }
      throw e;
    }
  }

  private static void checkMatch(Condition ifMatch, Stored current) {
    if (ifMatch instanceof Condition.Tags tags && !EntityTags.match(tags, current.version())) {
      throw ScimException.preconditionFailed();
    }
  }

  static Change.Put put(ResourceType type, StorageKey key, JsonDocument document) {
    return new Change.Put(
        key, document, SearchKeys.of(type, document.tree()), label(type, document.tree()));
  }

  /** What links to the resource show for it. */
  private static String label(ResourceType type, ObjectNode document) {
    return type.labels().stream()
        .map(name -> document.path(name).asText(""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static void addClaims(
      Batch.Builder batch, ResourceType type, Stored before, ObjectNode document) {
    Map<String, String> old = UniqueClaims.of(type, before.document().tree());
    Map<String, String> now = UniqueClaims.of(type, document);
    old.forEach(
        (name, value) -> {
          if (!value.equals(now.get(name))) {
            batch.add(new Change.Release(before.key(), name, value));
          }
        });
    now.forEach(
        (name, value) -> {
          if (!value.equals(old.get(name))) {
            batch.add(new Change.Claim(before.key(), name, value));
          }
        });
  }

  private LinkChanges links(RequestContext context, StorageKey key, Edit edit) {
    LinkTargets targets = LinkTargets.find(storage, key.tenant(), edit.links());
    LinkJson json = new LinkJson(context, types);
    return new LinkChanges(storage, key, targets, (path, text) -> filter(json, path, text));
  }

  private static Predicate<Linked> filter(LinkJson json, AttributePath path, String text) {
    Filter filter = FilterParser.parseElement(path, text);
    return link -> FilterEvaluation.matchesElement(filter, json.tree(path.attribute(), link));
  }

  /** The links that a read with the view's selectors would give after the edit. */
  private static List<Linked> linked(
      View view, LinkChanges changes, Edit edit, List<Linked> before) {
    List<Linked> after = new ArrayList<>();
    for (View.Shown shown : view.expanded()) {
      List<Linked> values = shown.of(before);
      if (TypeLinks.link(shown.path()).direction() == Direction.OUT) {
        changes
            .single(shown.path(), edit.links(), values.stream().findFirst())
            .ifPresent(after::add);
      } else {
        after.addAll(values);
      }
    }
    return after;
  }

  static boolean hasSecrets(ResourceType type) {
    return type.schema().attributes().stream().anyMatch(Writing::isSecret)
        || type.extensions().stream()
            .flatMap(extension -> extension.schema().attributes().stream())
            .anyMatch(Writing::isSecret);
  }

  private static boolean isSecret(Attribute attribute) {
    return attribute.mutability() == Attribute.Mutability.WRITE_ONLY
        || attribute.subAttributes().stream()
            .anyMatch(sub -> sub.mutability() == Attribute.Mutability.WRITE_ONLY);
  }
}
