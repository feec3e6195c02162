package org.muster.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.muster.event.EventType;
import org.muster.receiver.ReceiverSettings.Content;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/** Settings and secrets of receivers as they are stored. */
public final class SettingsCodec {
  private SettingsCodec() {}

  /** What is stored of settings. */
  public static String text(ReceiverSettings settings) {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    settings.endpoint().ifPresent(url -> json.put("endpoint", url.toString()));
    ArrayNode collections = json.putArray("collections");
    settings.collections().stream().sorted().forEach(collections::add);
    ArrayNode types = json.putArray("types");
    settings.types().stream().sorted().map(EventType::word).forEach(types::add);
    json.put("content", settings.content().name());
    settings.description().ifPresent(text -> json.put("description", text));
    json.set("options", settings.options().tree());
    return JsonDocument.of(json).text();
  }

  /** The settings of what is stored. */
  public static ReceiverSettings settings(String text) {
    ObjectNode json = JsonDocument.ofText(text).tree();
    Set<EventType> types = new HashSet<>();
    json.path("types").forEach(word -> EventType.of(word.asText()).ifPresent(types::add));
    Set<String> collections = new HashSet<>();
    json.path("collections").forEach(name -> collections.add(name.asText()));
    return new ReceiverSettings(
        text(json, "endpoint").map(SettingsCodec::url),
        collections,
        types,
        json.path("content").asText().equals(Content.NOTICE.name()) ? Content.NOTICE : Content.FULL,
        text(json, "description"),
        JsonDocument.of(json.withObject("/options")));
  }

  /** What is stored of secrets, before it is sealed. */
  public static byte[] bytes(List<Secret> secrets) {
    ArrayNode json = JsonDocument.MAPPER.createArrayNode();
    secrets.forEach(secret -> json.add(secret.text()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The secrets of what is stored. */
  public static List<Secret> secrets(byte[] bytes) {
    String wrapped = "{\"secrets\":" + new String(bytes, StandardCharsets.UTF_8) + "}";
    List<Secret> secrets = new ArrayList<>();
    JsonDocument.ofText(wrapped)
        .tree()
        .path("secrets")
        .forEach(text -> secrets.add(new Secret(text.asText())));
    return secrets;
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new StorageException.Corrupt("The stored endpoint of a receiver is no URL", e);
    }
  }
}
