package org.muster.event.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * The content of an event of a document, taken apart in one pass; the text of the document is that
 * which was stored, to the letter.
 *
 * @param document the document as a whole
 * @param changes what makes the document of the one before (RFC 6902)
 * @param label empty if none is told
 * @param keys empty if none are told, which is not the same as none
 * @param targets ids by collection
 */
record DocumentContent(
    Optional<JsonDocument> document,
    Optional<JsonNode> changes,
    String label,
    Optional<SortedMap<String, List<String>>> keys,
    Map<String, List<String>> claims,
    Map<String, List<String>> released,
    String relation,
    Map<String, List<String>> targets,
    Optional<String> actor) {

  /**
   * The content of a stored text.
   *
   * @throws StorageException.Corrupt if it is none
   */
  static DocumentContent of(JsonDocument content) {
    try (JsonParser parser = content.parser()) {
      return new Reading(parser, content.text()).read();
    } catch (IOException e) {
      throw new StorageException.Corrupt("The content of an event can't be read", e);
    }
  }

  /** The documents that are linked to from one. */
  List<StorageKey> targets(StorageKey from) {
    List<StorageKey> keys = new ArrayList<>();
    targets.forEach(
        (collection, ids) ->
            ids.forEach(id -> keys.add(new StorageKey(from.tenant(), collection, id))));
    return keys;
  }

  /** One pass over a content. */
  private static final class Reading {
    private final JsonParser parser;
    private final String text;
    private Optional<JsonDocument> document = Optional.empty();
    private Optional<JsonNode> changes = Optional.empty();
    private String label = "";
    private Optional<SortedMap<String, List<String>>> keys = Optional.empty();
    private Map<String, List<String>> claims = Map.of();
    private Map<String, List<String>> released = Map.of();
    private String relation = "";
    private Map<String, List<String>> targets = Map.of();
    private Optional<String> actor = Optional.empty();

    Reading(JsonParser parser, String text) {
      this.parser = parser;
      this.text = text;
    }

    DocumentContent read() throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        member(name, value);
      }
      return new DocumentContent(
          document, changes, label, keys, claims, released, relation, targets, actor);
    }

    private void member(String name, JsonToken value) throws IOException {
      switch (name) {
        case "document" ->
            document = Optional.of(JsonDocument.ofText(whole(value, JsonToken.START_OBJECT)));
        case "changes" -> changes = Optional.of(array(whole(value, JsonToken.START_ARRAY)));
        case "label" -> label = parser.getText();
        case "keys" -> keys = Optional.of(new TreeMap<>(lists(value)));
        case "claims" -> claims = lists(value);
        case "released" -> released = lists(value);
        case "relation" -> relation = parser.getText();
        case "targets" -> targets = lists(value);
        case "actor" -> actor = Optional.of(parser.getText());
        default -> parser.skipChildren();
      }
    }

    private static JsonNode array(String text) {
      return JsonDocument.ofText("{\"changes\":" + text + "}").tree().get("changes");
    }

    /** The text of an object or array. */
    private String whole(JsonToken value, JsonToken expected) throws IOException {
      expect(value, expected);
      int start = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      int end = (int) parser.currentTokenLocation().getCharOffset() + 1;
      return text.substring(start, end);
    }

    private Map<String, List<String>> lists(JsonToken value) throws IOException {
      expect(value, JsonToken.START_OBJECT);
      Map<String, List<String>> lists = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        expect(parser.nextToken(), JsonToken.START_ARRAY);
        List<String> list = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          list.add(parser.getText());
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY);
        lists.put(name, list);
      }
      return lists;
    }

    private static void expect(JsonToken found, JsonToken expected) {
      if (found != expected) {
        throw new StorageException.Corrupt("The content of an event is not as it should be");
      }
    }
  }
}
