package org.muster.scim.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.muster.storage.Linked;
import org.muster.storage.Stored;

/**
 * Writes resources: what is stored, with id, links and meta put in. The text of the stored document
 * is copied as it is where the whole of it is shown. For one thread.
 */
final class ResourceWriter {
  private final View view;
  private final LinkJson links;

  /** Supplies the values of a streamed attribute. */
  @FunctionalInterface
  interface Streams {
    void forEach(View.Shown shown, Stored resource, LinkPages.Taker taker) throws IOException;
  }

  ResourceWriter(View view, LinkJson links) {
    this.view = view;
    this.links = links;
  }

  void write(JsonGenerator json, Stored resource, Streams streams) throws IOException {
    write(json, resource, EntityTags.of(resource.version(), resource.links()), streams);
  }

  /** Writes a resource whose entity tag is known. */
  void write(JsonGenerator json, Stored resource, String tag, Streams streams) throws IOException {
    json.writeStartObject();
    Set<String> linked = extensionsWithLinks(resource, streams);
    if (view.isVerbatim() && linked.isEmpty()) {
      writeText(json, resource);
    } else {
      writeTree(json, resource, linked, streams);
    }
    for (View.Shown shown : view.expanded()) {
      if (shown.path().extension().isEmpty()) {
        writeExpanded(json, shown, resource);
      }
    }
    for (View.Shown shown : view.streamed()) {
      if (shown.path().extension().isEmpty()) {
        writeStreamed(json, shown, resource, streams);
      }
    }
    writeMeta(json, resource, tag);
    json.writeEndObject();
  }

  /** The text of the document between its braces, with the id behind {@code schemas}. */
  private static void writeText(JsonGenerator json, Stored resource) throws IOException {
    String text = resource.document().text();
    int start = JsonText.bodyStart(text);
    int end = JsonText.bodyEnd(text);
    int schemasEnd = JsonText.leadingArrayEnd(text, "schemas");
    if (schemasEnd > 0) {
      int array = text.indexOf('[');
      json.writeFieldName("schemas");
      json.writeRawValue(text, array, schemasEnd - array);
      start = schemasEnd;
    }
    json.writeStringField("id", resource.key().id());
    if (start < end) {
      if (schemasEnd <= 0) {
        json.writeRaw(',');
      }
      json.writeRaw(text, start, end - start);
    }
  }

  private void writeTree(JsonGenerator json, Stored resource, Set<String> pending, Streams streams)
      throws IOException {
    ObjectNode document = view.document(resource.document().tree());
    writeSchemas(json, document.path("schemas"), pending);
    json.writeStringField("id", resource.key().id());
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      String name = member.getKey();
      if (name.equals("schemas") || name.equals("id")) {
        continue;
      }
      json.writeFieldName(name);
      if (pending.remove(name) && member.getValue() instanceof ObjectNode extension) {
        writeExtension(json, name, extension, resource, streams);
      } else {
        Json.write(json, member.getValue());
      }
    }
    for (String urn : pending) {
      json.writeFieldName(urn);
      writeExtension(json, urn, Json.EMPTY, resource, streams);
    }
  }

  private static void writeSchemas(JsonGenerator json, JsonNode stored, Set<String> extensions)
      throws IOException {
    Set<String> missing = new HashSet<>(extensions);
    json.writeArrayFieldStart("schemas");
    for (JsonNode urn : stored) {
      json.writeString(urn.asText());
      missing.removeIf(urn.asText()::equalsIgnoreCase);
    }
    for (String urn : missing) {
      json.writeString(urn);
    }
    json.writeEndArray();
  }

  private void writeExtension(
      JsonGenerator json, String urn, ObjectNode stored, Stored resource, Streams streams)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, JsonNode> member : stored.properties()) {
      json.writeFieldName(member.getKey());
      Json.write(json, member.getValue());
    }
    for (View.Shown shown : view.expanded()) {
      if (shown.path().extension().filter(urn::equals).isPresent()) {
        writeExpanded(json, shown, resource);
      }
    }
    for (View.Shown shown : view.streamed()) {
      if (shown.path().extension().filter(urn::equals).isPresent()) {
        writeStreamed(json, shown, resource, streams);
      }
    }
    json.writeEndObject();
  }

  private void writeExpanded(JsonGenerator json, View.Shown shown, Stored resource)
      throws IOException {
    List<Linked> values = shown.of(resource.links());
    if (values.isEmpty()) {
      return;
    }
    String name = shown.path().attribute().name();
    if (!shown.path().attribute().multiValued()) {
      json.writeFieldName(name);
      links.write(json, shown, values.get(0));
      return;
    }
    json.writeArrayFieldStart(name);
    for (Linked value : values) {
      links.write(json, shown, value);
    }
    json.writeEndArray();
  }

  /** An attribute without values is left out (RFC 7643 section 2.5), so the array opens late. */
  private void writeStreamed(JsonGenerator json, View.Shown shown, Stored resource, Streams streams)
      throws IOException {
    boolean[] open = new boolean[1];
    streams.forEach(
        shown,
        resource,
        link -> {
          if (!open[0]) {
            json.writeArrayFieldStart(shown.path().attribute().name());
            open[0] = true;
          }
          links.write(json, shown, link);
        });
    if (open[0]) {
      json.writeEndArray();
    }
  }

  private void writeMeta(JsonGenerator json, Stored resource, String tag) throws IOException {
    Set<String> shown = view.meta();
    if (shown.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("meta");
    if (shown.contains("resourceType")) {
      json.writeStringField("resourceType", resource.key().collection());
    }
    if (shown.contains("created")) {
      json.writeStringField("created", Json.time(resource.created()));
    }
    if (shown.contains("lastModified")) {
      json.writeStringField("lastModified", Json.time(resource.modified()));
    }
    Optional<String> location = links.location(resource.key());
    if (shown.contains("location") && location.isPresent()) {
      json.writeStringField("location", location.get());
    }
    if (shown.contains("version")) {
      json.writeStringField("version", "W/\"" + tag + "\"");
    }
    json.writeEndObject();
  }

  /** The extensions that have to be shown for the sake of their links. */
  private Set<String> extensionsWithLinks(Stored resource, Streams streams) throws IOException {
    Set<String> urns = new HashSet<>();
    if (!view.hasExtensionLinks()) {
      return urns;
    }
    for (View.Shown shown : view.expanded()) {
      if (shown.path().extension().isPresent() && !shown.of(resource.links()).isEmpty()) {
        urns.add(shown.path().extension().get());
      }
    }
    for (View.Shown shown : view.streamed()) {
      if (shown.path().extension().isPresent() && hasAny(shown, resource, streams)) {
        urns.add(shown.path().extension().get());
      }
    }
    return urns;
  }

  private static boolean hasAny(View.Shown shown, Stored resource, Streams streams)
      throws IOException {
    try {
      streams.forEach(
          shown,
          resource,
          link -> {
            throw new Seen();
          });
      return false;
    } catch (Seen e) {
      return true;
    }
  }

  /** Ends a stream of which only the first value matters. */
  private static final class Seen extends IOException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
