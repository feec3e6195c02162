package org.muster.event.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.muster.event.Append;
import org.muster.event.EventType;
import org.muster.event.Expected;
import org.muster.event.Recorded;
import org.muster.kernel.Precondition;
import org.muster.state.CanonicalJson;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.Effect;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageKey;

/**
 * The events of a batch that was applied: one for each document that was written, and one for each
 * thousand links that were added or removed. They have all that another store needs to get to the
 * same state. The contents, by type:
 *
 * <ul>
 *   <li>created: {@code document}, {@code label}, {@code keys}, {@code claims} (values by
 *       attribute), {@code released}
 *   <li>replaced, patched: likewise, or {@code changes} (RFC 6902) instead of {@code document}, and
 *       with them the {@code digest} of what they lead to (SHA-256 of its canonical form)
 *   <li>restored: as created, without the document, which is the one that was deleted
 *   <li>reindexed: {@code keys}, {@code claims}, {@code released}, each if changed
 *   <li>membership-added, membership-removed: {@code relation}, {@code targets} (ids by collection)
 *   <li>deleted: {@code actor}, if the tombstone names another one than the event
 *   <li>purged: nothing
 * </ul>
 */
public final class DocumentEvents {
  private static final int LINKS = 1_000;
  private static final JsonDocument NOTHING = JsonDocument.ofText("{}");

  private final Batch batch;
  private final Applied.Moment moment;
  private final Map<StorageKey, Change.Put> puts = new HashMap<>();
  private final Map<StorageKey, Change.Restore> restores = new HashMap<>();
  private final Map<StorageKey, Change.Reindex> reindexes = new HashMap<>();
  private final Map<StorageKey, Change.Delete> deletions = new HashMap<>();
  private final Map<StorageKey, ObjectNode> claims = new LinkedHashMap<>();
  private final Map<StorageKey, List<Recorded>> events = new LinkedHashMap<>();

  private DocumentEvents(Batch batch, Applied.Moment moment) {
    this.batch = batch;
    this.moment = moment;
  }

  /**
   * The events, by stream, in the order of the effects.
   *
   * @param collections those of which there are events
   */
  public static List<Append> of(Batch batch, Applied applied, Predicate<String> collections) {
    return applied
        .moment()
        .map(moment -> new DocumentEvents(batch, moment).of(applied, collections))
        .orElse(List.of());
  }

  private List<Append> of(Applied applied, Predicate<String> collections) {
    for (Change change : batch.changes()) {
      note(change);
    }
    for (Effect effect : applied.effects()) {
      if (collections.test(effect.key().collection())) {
        add(effect);
      }
    }
    claims.forEach(
        (key, content) -> {
          if (collections.test(key.collection())) {
            add(key, EventType.REINDEXED, JsonDocument.of(content));
          }
        });
    List<Append> appends = new ArrayList<>();
    events.forEach((key, list) -> appends.add(new Append(key, new Expected.Any(), list)));
    return appends;
  }

  private void note(Change change) {
    if (change instanceof Change.Put put) {
      puts.put(put.key(), put);
    } else if (change instanceof Change.Restore restore) {
      restores.put(restore.key(), restore);
    } else if (change instanceof Change.Reindex reindex) {
      reindexes.put(reindex.key(), reindex);
    } else if (change instanceof Change.Delete delete) {
      deletions.putIfAbsent(delete.key(), delete);
    } else if (change instanceof Change.Claim claim) {
      values(claim.key(), "claims", claim.attribute()).add(claim.folded());
    } else if (change instanceof Change.Release release) {
      values(release.key(), "released", release.attribute()).add(release.folded());
    }
  }

  private ArrayNode values(StorageKey key, String kind, String attribute) {
    return claims
        .computeIfAbsent(key, each -> JsonDocument.MAPPER.createObjectNode())
        .withObject(kind.equals("claims") ? "/claims" : "/released")
        .withArrayProperty(attribute);
  }

  private void add(Effect effect) {
    StorageKey key = effect.key();
    if (effect instanceof Effect.Written written) {
      add(written, Objects.requireNonNull(puts.get(key)));
    } else if (effect instanceof Effect.Restored) {
      Change.Restore restore = Objects.requireNonNull(restores.get(key));
      add(key, EventType.RESTORED, described(key, restore.keys(), restore.label(), Map.of()));
    } else if (effect instanceof Effect.Reindexed) {
      Change.Reindex reindex = Objects.requireNonNull(reindexes.get(key));
      ObjectNode content = JsonDocument.MAPPER.createObjectNode();
      content.set("keys", JsonDocument.MAPPER.valueToTree(reindex.keys()));
      add(key, EventType.REINDEXED, JsonDocument.of(content));
    } else if (effect instanceof Effect.Linked linked) {
      addLinks(key, EventType.MEMBERSHIP_ADDED, linked.relation(), linked.targets());
    } else if (effect instanceof Effect.Unlinked unlinked) {
      addLinks(key, EventType.MEMBERSHIP_REMOVED, unlinked.relation(), unlinked.targets());
    } else if (effect instanceof Effect.Deleted) {
      claims.remove(key);
      add(key, EventType.DELETED, deletion(Objects.requireNonNull(deletions.get(key))));
    } else if (effect instanceof Effect.Purged) {
      add(key, EventType.PURGED, NOTHING);
    }
  }

  private JsonDocument deletion(Change.Delete delete) {
    return delete.actor().equals(batch.origin().actor())
        ? NOTHING
        : JsonDocument.of(JsonDocument.MAPPER.createObjectNode().put("actor", delete.actor()));
  }

  private void add(Effect.Written written, Change.Put put) {
    Optional<ArrayNode> changes =
        written.created() ? Optional.empty() : put.basis().flatMap(basis -> changes(put, basis));
    EventType type = written.created() ? EventType.CREATED : typeOf(put);
    Map<String, String> texts =
        changes
            .map(
                difference ->
                    Map.of(
                        "changes",
                        difference.toString(),
                        "digest",
                        '"' + CanonicalJson.digest(put.document()).toString() + '"'))
            .orElseGet(() -> Map.of("document", put.document().text()));
    add(put.key(), type, described(put.key(), put.keys(), put.label(), texts));
  }

  private static EventType typeOf(Change.Put put) {
    return put.basis().map(Change.Basis::partial).orElse(false)
        ? EventType.PATCHED
        : EventType.REPLACED;
  }

  /** The difference, if the batch made sure that it is one of what was stored. */
  private Optional<ArrayNode> changes(Change.Put put, Change.Basis basis) {
    return batch.preconditions().get(put.key()) instanceof Precondition.At at
            && at.version().equals(basis.version())
        ? Difference.of(basis.document(), put.document())
        : Optional.empty();
  }

  /** The text of the document is copied as it is; the rest is a few texts. */
  private JsonDocument described(
      StorageKey key,
      SortedMap<String, List<String>> keys,
      String label,
      Map<String, String> texts) {
    ContentText text = new ContentText();
    texts.forEach((name, value) -> text.name(name).raw(value));
    text.name("label").text(label).name("keys").lists(keys);
    ObjectNode claimed = claims.remove(key);
    if (claimed != null) {
      claimed.properties().forEach(each -> text.name(each.getKey()).raw(each.getValue()));
    }
    return text.document();
  }

  private void addLinks(StorageKey key, EventType type, String relation, List<StorageKey> targets) {
    for (int start = 0; start < targets.size(); start += LINKS) {
      ObjectNode content = JsonDocument.MAPPER.createObjectNode();
      content.put("relation", relation);
      ObjectNode ids = content.putObject("targets");
      for (StorageKey target : targets.subList(start, Math.min(start + LINKS, targets.size()))) {
        ids.withArrayProperty(target.collection()).add(target.id());
      }
      add(key, type, JsonDocument.of(content));
    }
  }

  private void add(StorageKey key, EventType type, JsonDocument content) {
    events
        .computeIfAbsent(key, each -> new ArrayList<>())
        .add(Recorded.of(type, moment.version(), moment.time(), batch.origin(), content));
  }
}
