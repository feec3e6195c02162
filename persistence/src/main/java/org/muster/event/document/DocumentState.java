package org.muster.event.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.muster.event.Event;
import org.muster.event.Snapshot;
import org.muster.kernel.Version;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * What a document has come to with the events that were applied, in their order and without a gap.
 * For one thread.
 */
public final class DocumentState {
  /** What is known of the document. */
  public enum Presence {
    /** There is none. */
    ABSENT,
    /** It is live. */
    LIVE,
    /** It was deleted and can be restored. */
    DELETED,
    /** Its content was made unreadable, or there are no events from before it was changed. */
    UNKNOWN
  }

  private final StorageKey key;
  private Presence presence = Presence.ABSENT;
  private Optional<JsonDocument> document = Optional.empty();
  private String label = "";
  private SortedMap<String, List<String>> keys = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> claims = new TreeMap<>();
  private final SortedMap<String, SortedSet<StorageKey>> links = new TreeMap<>();
  private long number;
  private Optional<Version> version = Optional.empty();
  private Instant created = Instant.EPOCH;
  private Instant modified = Instant.EPOCH;

  /** The state before all events. */
  public DocumentState(StorageKey key) {
    this.key = key;
  }

  /**
   * The state that a snapshot keeps.
   *
   * @throws StorageException.Corrupt if it can't be read
   */
  static DocumentState of(Snapshot snapshot) {
    DocumentState state = new DocumentState(snapshot.stream());
    ObjectNode json = snapshot.state().tree();
    try {
      state.number = snapshot.number();
      state.presence = Presence.valueOf(required(json, "presence").asText());
      state.created = Instant.ofEpochMilli(required(json, "created").asLong());
      state.modified = Instant.ofEpochMilli(required(json, "modified").asLong());
      state.version = Optional.of(new Version(required(json, "version").asLong()));
      if (json.has("document")) {
        state.document = Optional.of(JsonDocument.ofText(json.get("document").asText()));
      }
      state.describe(json);
      required(json, "links").forEach(links -> state.link((ObjectNode) links, true));
      return state;
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new StorageException.Corrupt("A snapshot can't be read", e);
    }
  }

  /** What a snapshot keeps; the document as the text that it is. */
  JsonDocument snapshot() {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    json.put("presence", presence.name());
    json.put("created", created.toEpochMilli());
    json.put("modified", modified.toEpochMilli());
    json.put("version", version.map(Version::value).orElse(1L));
    document.ifPresent(known -> json.put("document", known.text()));
    json.put("label", label);
    json.set("keys", JsonDocument.MAPPER.valueToTree(keys));
    json.set("claims", JsonDocument.MAPPER.valueToTree(claims));
    ArrayNode all = json.putArray("links");
    links.forEach(
        (relation, ends) -> {
          ObjectNode of = all.addObject().put("relation", relation);
          ObjectNode ids = of.putObject("targets");
          ends.forEach(end -> ids.withArrayProperty(end.collection()).add(end.id()));
        });
    return JsonDocument.of(json);
  }

  /**
   * Applies the next event.
   *
   * @throws StorageException.Corrupt if it is not the next one, or does not fit
   */
  public void apply(Event event) {
    if (event.number() != number + 1 || !event.stream().equals(key)) {
      throw new StorageException.Corrupt("An event is missing");
    }
    number = event.number();
    Optional<ObjectNode> content = event.recorded().content().map(JsonDocument::tree);
    switch (event.type()) {
      case CREATED -> {
        created = event.recorded().time();
        links.clear();
        claims.clear();
        write(content);
      }
      case REPLACED, PATCHED -> {
        if (content.isPresent() && content.get().has("document")) {
          write(content);
        } else {
          patch(content);
        }
      }
      case RESTORED -> restore(content);
      case DELETED -> {
        presence = presence == Presence.UNKNOWN ? presence : Presence.DELETED;
        links.clear();
        claims.clear();
      }
      case PURGED -> {
        presence = Presence.ABSENT;
        document = Optional.empty();
      }
      case MEMBERSHIP_ADDED -> content.ifPresent(links -> link(links, true));
      case MEMBERSHIP_REMOVED -> content.ifPresent(links -> link(links, false));
      case REINDEXED -> {
        content.ifPresent(this::describe);
        return; // nobody sees a difference
      }
      case SCHEMA_REGISTERED, SCHEMA_CHANGED -> define(event, content);
      case ASYNC_RESPONDED -> {
        return; // of a request, and no document
      }
    }
    version = event.recorded().version();
    modified = event.recorded().time();
  }

  /** A definition is told of as a whole, or that it is gone. */
  private void define(Event event, Optional<ObjectNode> content) {
    if (content.isPresent() && !content.get().has("document")) {
      presence = Presence.ABSENT;
      document = Optional.empty();
      return;
    }
    if (presence == Presence.ABSENT) {
      created = event.recorded().time();
    }
    write(content);
  }

  private void write(Optional<ObjectNode> content) {
    presence = content.isPresent() ? Presence.LIVE : Presence.UNKNOWN;
    document =
        content.map(
            node -> {
              describe(node);
              return JsonDocument.of((ObjectNode) required(node, "document"));
            });
  }

  private void patch(Optional<ObjectNode> content) {
    if (presence == Presence.ABSENT) {
      presence = Presence.UNKNOWN;
    }
    if (presence == Presence.UNKNOWN || content.isEmpty()) {
      presence = Presence.UNKNOWN;
      return;
    }
    describe(content.get());
    document =
        Optional.of(Difference.apply(document.orElseThrow(), required(content.get(), "changes")));
  }

  private void restore(Optional<ObjectNode> content) {
    content.ifPresent(this::describe);
    presence = document.isPresent() && content.isPresent() ? Presence.LIVE : Presence.UNKNOWN;
  }

  private void describe(ObjectNode content) {
    if (content.has("label")) {
      label = content.get("label").asText();
    }
    if (content.has("keys")) {
      keys = new TreeMap<>();
      content
          .get("keys")
          .properties()
          .forEach(entry -> keys.put(entry.getKey(), texts(entry.getValue())));
    }
    content
        .path("released")
        .properties()
        .forEach(
            entry ->
                claims
                    .getOrDefault(entry.getKey(), new TreeSet<>())
                    .removeAll(texts(entry.getValue())));
    content
        .path("claims")
        .properties()
        .forEach(
            entry ->
                claims
                    .computeIfAbsent(entry.getKey(), name -> new TreeSet<>())
                    .addAll(texts(entry.getValue())));
  }

  private void link(ObjectNode content, boolean add) {
    SortedSet<StorageKey> ends =
        links.computeIfAbsent(required(content, "relation").asText(), name -> new TreeSet<>());
    required(content, "targets")
        .properties()
        .forEach(
            entry -> {
              for (String id : texts(entry.getValue())) {
                StorageKey end = new StorageKey(key.tenant(), entry.getKey(), id);
                if (add) {
                  ends.add(end);
                } else {
                  ends.remove(end);
                }
              }
            });
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode required(ObjectNode content, String name) {
    JsonNode node = content.get(name);
    if (node == null) {
      throw new StorageException.Corrupt("An event lacks a part of its content");
    }
    return node;
  }

  /** Replaces the keys that it is searched by, for instance by those of today's definitions. */
  public void index(SortedMap<String, List<String>> today) {
    keys = today;
  }

  /** The document that it is the state of. */
  public StorageKey key() {
    return key;
  }

  /** Whether there is a document. */
  public Presence presence() {
    return presence;
  }

  /** The document, if it is live or deleted and can be read. */
  public Optional<JsonDocument> document() {
    return presence == Presence.UNKNOWN ? Optional.empty() : document;
  }

  /** What links to it show for it. */
  public String label() {
    return label;
  }

  /** The folded values that it is searched by. */
  public SortedMap<String, List<String>> keys() {
    return keys;
  }

  /** The folded values that it owns, by attribute. */
  public SortedMap<String, SortedSet<String>> claims() {
    return claims;
  }

  /** What it links to, by relation. */
  public SortedMap<String, SortedSet<StorageKey>> links() {
    return links;
  }

  /** The number of the last event; 0 if there was none. */
  public long number() {
    return number;
  }

  /** The version that the last change gave it. */
  public Optional<Version> version() {
    return version;
  }

  /** When it was created, since it was last absent. */
  public Instant created() {
    return created;
  }

  /** When it was last changed. */
  public Instant modified() {
    return modified;
  }

  @Override
  public String toString() {
    return Map.of("key", key, "number", number, "presence", presence).toString();
  }
}
