package org.muster.delivery.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.muster.event.EventType;
import org.muster.kernel.TenantId;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;
import org.muster.receiver.ReceiverSettings;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.receiver.Secret;
import org.muster.scim.ScimException;
import org.muster.storage.JsonDocument;

/** Receivers as JSON: what administrators send, and what they see. Thread-safe. */
public final class ReceiverJson {
  private static final Set<String> MEMBERS =
      Set.of(
          "kind",
          "state",
          "endpoint",
          "collections",
          "types",
          "content",
          "description",
          "options",
          "secrets",
          "after");
  private static final int VALUES_MOST = 100;
  private static final int TEXT_MOST = 1_000;
  private static final int OPTIONS_MOST = 16_384;

  private final BiPredicate<TenantId, String> isCollection;

  /**
   * A reader.
   *
   * @param isCollection whether a tenant has a resource type of that name
   */
  public ReceiverJson(BiPredicate<TenantId, String> isCollection) {
    this.isCollection = isCollection;
  }

  /** Refuses what no receiver has. */
  void requireKnown(ObjectNode body) {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw invalid(
                    "A receiver has kind, state, endpoint, collections, types, content,"
                        + " description, options, secrets, and, when it is made, after; nothing"
                        + " else");
              }
            });
  }

  /** The kind that is asked for; a webhook if none is. */
  Kind kind(ObjectNode body) {
    return text(body, "kind")
        .map(
            word ->
                Kind.of(word)
                    .orElseThrow(
                        () -> invalid("kind must be one of " + String.join(", ", Kind.words()))))
        .orElse(Kind.WEBHOOK);
  }

  /** The state that is asked for. */
  Receiver.State state(ObjectNode body) {
    return text(body, "state")
        .map(
            word -> {
              for (Receiver.State state : Receiver.State.values()) {
                if (state.word().equals(word)) {
                  return state;
                }
              }
              throw invalid("state must be enabled or paused");
            })
        .orElse(Receiver.State.ENABLED);
  }

  /** The settings that are asked for. */
  ReceiverSettings settings(TenantId tenant, ObjectNode body) {
    return new ReceiverSettings(
        text(body, "endpoint").map(ReceiverJson::url),
        collections(tenant, body),
        types(body),
        content(body),
        text(body, "description"),
        options(body));
  }

  private Set<String> collections(TenantId tenant, ObjectNode body) {
    Set<String> collections = new LinkedHashSet<>(texts(body, "collections"));
    for (String name : collections) {
      if (!isCollection.test(tenant, name)) {
        throw invalid("collections must be names of resource types, for instance User");
      }
    }
    return collections;
  }

  private static Set<EventType> types(ObjectNode body) {
    Set<EventType> types = new HashSet<>();
    for (String word : texts(body, "types")) {
      types.add(
          EventType.of(word)
              .filter(EventType::isVisible)
              .orElseThrow(() -> invalid("types must be such as events have, as created")));
    }
    return types;
  }

  private static Content content(ObjectNode body) {
    return text(body, "content")
        .map(
            word -> {
              for (Content content : Content.values()) {
                if (content.word().equals(word)) {
                  return content;
                }
              }
              throw invalid("content must be full or notice");
            })
        .orElse(Content.FULL);
  }

  private static JsonDocument options(ObjectNode body) {
    JsonNode options = body.get("options");
    if (options == null || options.isNull()) {
      return JsonDocument.ofText("{}");
    }
    if (!(options instanceof ObjectNode object)) {
      throw invalid("options must be an object");
    }
    JsonDocument document = JsonDocument.of(object.deepCopy());
    if (document.bytes() > OPTIONS_MOST) {
      throw invalid("options must have at most " + OPTIONS_MOST + " bytes");
    }
    return document;
  }

  /** The secrets that are given; empty if none are. */
  Optional<List<Secret>> secrets(ObjectNode body) {
    return body.hasNonNull("secrets")
        ? Optional.of(texts(body, "secrets").stream().map(Secret::new).toList())
        : Optional.empty();
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw invalid("endpoint must be a URL");
    }
  }

  static Optional<String> text(ObjectNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().length() > 2 * TEXT_MOST) {
      throw invalid(name + " must be a text of at most " + 2 * TEXT_MOST + " characters");
    }
    return Optional.of(value.textValue());
  }

  private static List<String> texts(ObjectNode body, String name) {
    JsonNode values = body.get(name);
    List<String> texts = new ArrayList<>();
    if (values == null || values.isNull()) {
      return texts;
    }
    if (!values.isArray() || values.size() > VALUES_MOST) {
      throw invalid(name + " must be a list of at most " + VALUES_MOST + " texts");
    }
    for (JsonNode value : values) {
      if (!value.isTextual() || value.textValue().length() > TEXT_MOST) {
        throw invalid(name + " must be a list of texts");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  /** A receiver as administrators see it; never its secrets. */
  public static ObjectNode write(Receiver receiver) {
    ReceiverSettings settings = receiver.settings();
    ObjectNode json =
        JsonDocument.MAPPER
            .createObjectNode()
            .put("id", receiver.id().id())
            .put("kind", receiver.kind().word())
            .put("state", receiver.state().word());
    settings.endpoint().ifPresent(url -> json.put("endpoint", url.toString()));
    if (!settings.collections().isEmpty()) {
      ArrayNode names = json.putArray("collections");
      settings.collections().stream().sorted().forEach(names::add);
    }
    if (!settings.types().isEmpty()) {
      ArrayNode words = json.putArray("types");
      settings.types().stream().sorted().map(EventType::word).forEach(words::add);
    }
    json.put("content", settings.content().word());
    settings.description().ifPresent(text -> json.put("description", text));
    if (!settings.options().tree().isEmpty()) {
      json.set("options", settings.options().tree().deepCopy());
    }
    return json.put("secretCount", receiver.secrets().size())
        .put("created", receiver.created().toString())
        .put("updated", receiver.updated().toString());
  }

  static ScimException invalid(String detail) {
    return ScimException.badRequest(ScimException.Type.INVALID_VALUE, detail);
  }
}
