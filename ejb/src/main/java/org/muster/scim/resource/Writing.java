package org.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
import org.muster.scim.policy.Limits;
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
  private static final Pattern PROMISED =
      Pattern.compile("(?i)(?!.*bulkid)[a-z0-9][a-z0-9._~@:+=-]{0,254}");
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
    return create(context, view, newId(), body);
  }

  Stored create(RequestContext context, View view, String id, ObjectNode body) {
    Creation creation = creation(context, view, id, body);
    return committed(() -> draft(context, creation, Map.of()));
  }

  /**
   * Creates a resource under an id that was promised. It has to be one that a path can name and
   * that no bulkId is taken for, and none that was another's (RFC 7643 section 3.1).
   */
  Stored createAs(RequestContext context, View view, String id, ObjectNode body) {
    if (!isPromised(id)) {
      throw ScimException.badRequest(
          ScimException.Type.INVALID_VALUE,
          "The subject of the credential can't be an id: that begins with a letter or digit, goes on"
              + " with these and ._~@:+=-, and has no bulkId in it");
    }
    StorageKey key = Reading.key(context, view.type(), id);
    Creation creation = creation(context, view, id, body);
    return committed(
        () -> {
          if (!storage.existing(Set.of(key)).isEmpty()) {
            throw ScimException.notUnique("id");
          }
          if (storage.buried(key).isPresent()) {
            throw ScimException.notFound(
                "The "
                    + view.type().name()
                    + " that the credential belongs to was deleted. Its id is not given again; an"
                    + " administrator may restore it");
          }
          return draft(context, creation, Map.of());
        });
  }

  /** Whether a resource can have an id that was promised to it. */
  static boolean isPromised(String id) {
    return PROMISED.matcher(id).matches();
  }

  static String newId() {
    return UuidCreator.getTimeOrderedEpoch().toString();
  }

  private Stored committed(Supplier<Draft> attempt) {
    return Attempts.repeat(() -> attempt.get().commit(commits));
  }

  Creation creation(RequestContext context, View view, String id, ObjectNode body) {
    ResourceType type = view.type();
    Edit edit = ResourceValidation.create(type, body, context.leniency());
    return new Creation(
        view,
        new StorageKey(context.tenant(), type.name(), id),
        edit,
        label(type, edit.document()),
        secrets.hashing().of(edit.secrets()));
  }

  /**
   * What creates a resource.
   *
   * @param fresh what the same batch creates besides, with its labels
   */
  Draft draft(RequestContext context, Creation creation, Map<StorageKey, String> fresh) {
    StorageKey key = creation.key();
    Edit edit = creation.edit();
    View view = creation.view();
    LinkChanges links = links(context, key, edit, fresh);
    JsonDocument document = JsonDocument.of(edit.document());
    Batch.Builder batch = Batch.builder(key.tenant()).from(context.origin());
    batch.expect(key, new Precondition.Absent());
    Change.Put put = put(view.type(), key, document);
    batch.add(put);
    UniqueClaims.of(view.type(), edit.document())
        .forEach((name, value) -> batch.add(new Change.Claim(key, name, value)));
    links.of(edit.links()).forEach(batch::add);
    Secrets.add(batch, storage, key, creation.hashed());
    List<Linked> shown = linked(view, links, edit, List.of());
    return new Draft(
        batch.build(),
        !edit.links().isEmpty(),
        applied -> {
          Applied.Stamp stamp = applied.of(key).orElseThrow();
          return new Stored(
              key,
              stamp.version(),
              stamp.created(),
              stamp.modified(),
              put.label(),
              document,
              shown);
        });
  }

  Stored replace(RequestContext context, View view, String id, Condition ifMatch, ObjectNode body) {
    return committed(replacing(context, view, id, ifMatch, body));
  }

  Stored patch(RequestContext context, View view, String id, Condition ifMatch, ObjectNode body) {
    return committed(patching(context, view, id, ifMatch, body));
  }

  /** Creates, replaces or patches. */
  Stored write(RequestContext context, View view, Write write) {
    if (write instanceof Write.Create create) {
      return create(context, view, create.id(), create.body());
    }
    if (write instanceof Write.Replace replace) {
      return replace(context, view, replace.id(), replace.ifMatch(), replace.body());
    }
    Write.Patch patch = (Write.Patch) write;
    return patch(context, view, patch.id(), patch.ifMatch(), patch.body());
  }

  /** What replaces or patches a resource. */
  Draft draft(RequestContext context, View view, Write write) {
    if (write instanceof Write.Replace replace) {
      return replacing(context, view, replace.id(), replace.ifMatch(), replace.body()).get();
    }
    Write.Patch patch = (Write.Patch) write;
    return patching(context, view, patch.id(), patch.ifMatch(), patch.body()).get();
  }

  private Supplier<Draft> replacing(
      RequestContext context, View view, String id, Condition ifMatch, ObjectNode body) {
    return changing(
        context,
        view,
        id,
        ifMatch,
        false,
        current -> ResourceValidation.replace(view.type(), current, body, context.leniency()));
  }

  private Supplier<Draft> patching(
      RequestContext context, View view, String id, Condition ifMatch, ObjectNode body) {
    Leniency leniency = context.leniency();
    Limits limits = context.policy().limits();
    PatchRequest request = PatchRequest.parse(body, limits.patchOperations(), leniency);
    return changing(
        context,
        view,
        id,
        ifMatch,
        true,
        current -> Patching.patch(view.type(), current, request, leniency, limits));
  }

  /** Makes an edit of the stored document. */
  @FunctionalInterface
  private interface Editing {
    Edit edit(ObjectNode current);
  }

  /**
   * What changes a resource.
   *
   * @param partial whether the client names only what it changes
   */
  private Supplier<Draft> changing(
      RequestContext context,
      View view,
      String id,
      Condition ifMatch,
      boolean partial,
      Editing editing) {
    requireMatch(context, ifMatch);
    StorageKey key = Reading.key(context, view.type(), id);
    Secrets.Hashing hashing = secrets.hashing();
    return () -> {
      Stored before =
          storage.get(key, view.selectors()).orElseThrow(() -> Reading.notFound(view.type(), id));
      checkMatch(ifMatch, before);
      Edit edit = editing.edit(before.document().tree());
      Map<String, Optional<String>> hashed = hashing.of(edit.secrets());
      if (!edit.documentChanged() && edit.links().isEmpty() && hashed.isEmpty()) {
        return Draft.unchanged(key.tenant(), before);
      }
      return draft(context, view, ifMatch, partial, before, edit, hashed);
    };
  }

  private Draft draft(
      RequestContext context,
      View view,
      Condition ifMatch,
      boolean partial,
      Stored before,
      Edit edit,
      Map<String, Optional<String>> hashed) {
    StorageKey key = before.key();
    LinkChanges links = links(context, key, edit, Map.of());
    Batch.Builder batch = Batch.builder(key.tenant()).from(context.origin());
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
      batch.add(put(view.type(), key, document).madeOf(before, partial));
    }
    if (edit.documentChanged()) {
      addClaims(batch, view.type(), before, edit.document());
    }
    links.of(edit.links()).forEach(batch::add);
    Secrets.add(batch, storage, key, hashed);
    if (batch.isEmpty()) {
      return Draft.unchanged(key.tenant(), before);
    }
    List<Linked> shown = linked(view, links, edit, before.links());
    boolean relabelled = !label(view.type(), document.tree()).equals(before.label());
    return new Draft(
        batch.build(),
        relabelled || !edit.links().isEmpty(),
        applied -> {
          Optional<Applied.Stamp> stamp = applied.of(key);
          return new Stored(
              key,
              stamp.map(Applied.Stamp::version).orElse(before.version()),
              before.created(),
              stamp.map(Applied.Stamp::modified).orElse(before.modified()),
              before.label(),
              document,
              shown);
        });
  }

  void delete(RequestContext context, ResourceType type, String id, Condition ifMatch) {
    requireMatch(context, ifMatch);
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
    Batch.Builder batch = Batch.builder(key.tenant()).from(context.origin());
    batch.expect(key, expected);
    addDeletes(batch, context, type, key);
    try {
      commits.apply(batch.build());
    } catch (StorageException.Conflict e) {
      if (storage.existing(Set.of(key)).isEmpty()) {
        throw Reading.notFound(type, key.id());
      }
      throw e;
    }
  }

  /** What deletes a resource. */
  Draft draft(RequestContext context, StorageKey key, Write.Delete delete) {
    requireMatch(context, delete.ifMatch());
    Batch.Builder batch = Batch.builder(key.tenant()).from(context.origin());
    Stored before =
        storage.get(key, List.of()).orElseThrow(() -> Reading.notFound(delete.type(), key.id()));
    checkMatch(delete.ifMatch(), before);
    batch.expect(
        key,
        delete.ifMatch() instanceof Condition.Tags
            ? new Precondition.At(before.version())
            : new Precondition.Present());
    addDeletes(batch, context, delete.type(), key);
    return new Draft(batch.build(), true, applied -> before);
  }

  private static void addDeletes(
      Batch.Builder batch, RequestContext context, ResourceType type, StorageKey key) {
    batch.add(new Change.Delete(key, context.caller().id()));
    if (hasSecrets(type)) {
      batch.add(new Change.Delete(Secrets.key(key), context.caller().id()));
    }
  }

  private static void requireMatch(RequestContext context, Condition ifMatch) {
    if (context.policy().ifMatchRequired() && ifMatch instanceof Condition.None) {
      throw ScimException.preconditionRequired();
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

  private LinkChanges links(
      RequestContext context, StorageKey key, Edit edit, Map<StorageKey, String> fresh) {
    LinkTargets targets = LinkTargets.find(storage, key.tenant(), edit.links(), fresh);
    LinkJson json = new LinkJson(context, types);
    return new LinkChanges(storage, key, targets, (path, text) -> filter(json, path, text));
  }

  private static Predicate<Linked> filter(LinkJson json, AttributePath path, String text) {
    Filter filter = FilterParser.parseElement(path, text, Limits.WIDEST);
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
