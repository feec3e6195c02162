package org.muster.storage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object, as text and as a tree; the one is made of the other when first asked
 * for, and of a long text again when the tree is no longer in use. Thread-safe. Nobody changes the
 * tree: who wants another one copies it first.
 */
public final class JsonDocument {
  /** The longest document, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1 << 20;

  /** The deepest nesting of objects and arrays. */
  public static final int MAX_DEPTH = 64;

  /** Strict JSON: no duplicate keys, no trailing tokens, at most 64 levels, exact decimals. */
  public static final JsonMapper MAPPER = mapper(MAX_DEPTH);

  /** What is stored may be a document within what tells of it. */
  private static final JsonMapper STORED = mapper(MAX_DEPTH + 8);

  private static JsonMapper mapper(int depth) {
    return JsonMapper.builder(
            new com.fasterxml.jackson.core.JsonFactoryBuilder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(400)
                        .maxNameLength(1024)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  /** Reads the text token by token. */
  public JsonParser parser() throws IOException {
    return STORED.getFactory().createParser(text());
  }

  /** A tree takes many times the memory of the text; that of a longer text is not held on to. */
  private static final int LONG_CHARACTERS = 64 * 1024;

  private volatile @Nullable String text;
  private volatile @Nullable ObjectNode tree;
  private volatile @Nullable WeakReference<ObjectNode> treeOfLongText;

  /** Whether the tree is made again when nobody uses it any more, however short the text is. */
  private final boolean lean;

  private JsonDocument(@Nullable String text, @Nullable ObjectNode tree, boolean lean) {
    this.text = text;
    this.tree = tree;
    this.lean = lean;
  }

  /** The document of a text that a back end has stored before. */
  public static JsonDocument ofText(String text) {
    return new JsonDocument(text, null, false);
  }

  /** The document of a text that is kept for long: it takes little more memory than that. */
  public static JsonDocument ofKeptText(String text) {
    return new JsonDocument(text, null, true);
  }

  /** The document of a tree, which the caller gives up. */
  public static JsonDocument of(ObjectNode tree) {
    return new JsonDocument(null, tree, false);
  }

  /** The document as JSON text without line breaks. */
  public String text() {
    String known = text;
    if (known == null) {
      try {
        known = MAPPER.writeValueAsString(tree);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A JSON tree can always be written", e);
      }
      text = known;
    }
    return known;
  }

  /**
   * The document as a tree; not to be changed.
   *
   * @throws StorageException.Corrupt if the stored text is no JSON object
   */
  public ObjectNode tree() {
    ObjectNode known = knownTree();
    if (known == null) {
      try {
        JsonNode read = STORED.readTree(text);
        if (!(read instanceof ObjectNode object)) {
          throw new StorageException.Corrupt("A stored document is not a JSON object");
        }
        known = object;
      } catch (JsonProcessingException e) {
        throw new StorageException.Corrupt("A stored document is not JSON", e);
      }
      keep(known);
    }
    return known;
  }

  private @Nullable ObjectNode knownTree() {
    ObjectNode known = tree;
    WeakReference<ObjectNode> weak = treeOfLongText;
    return known == null && weak != null ? weak.get() : known;
  }

  private void keep(ObjectNode made) {
    String of = text;
    if (of == null || (!lean && of.length() <= LONG_CHARACTERS)) {
      tree = made;
    } else {
      treeOfLongText = new WeakReference<>(made);
    }
  }

  /** Whether a back end can keep the text: no U+0000, no lone surrogate, at most 64 levels. */
  public boolean isStorable() {
    return StorableText.isStorable(text(), MAX_DEPTH);
  }

  /** How long the text is in UTF-8; comparable to {@link #MAX_BYTES}. */
  public int bytes() {
    String counted = text();
    int bytes = counted.length();
    for (int i = 0; i < counted.length(); i++) {
      char c = counted.charAt(i);
      if (c >= 0x80) { // a surrogate pair is two units here and four bytes there
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonDocument that && tree().equals(that.tree());
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  @Override
  public String toString() {
    return "JsonDocument[" + text().length() + " characters]";
  }
}
