package org.muster.projection;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.muster.storage.JsonDocument;
import org.muster.storage.StorageException;

/**
 * Reads the members of JSON objects token by token: a tree of each content would live as long as
 * its page of events does, and be many times as large.
 */
final class Members {
  private Members() {}

  /** Takes a member. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads a value.
     *
     * @param parser is at its first token, and to be at its last one then
     * @return whether no more members are wanted
     */
    boolean read(String name, JsonParser parser) throws IOException;
  }

  /**
   * Reads those of the content of an event, as far as they are wanted.
   *
   * @throws StorageException.Corrupt if it is no object
   */
  static void read(JsonDocument content, Reader reader) {
    try (JsonParser parser = content.parser()) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new StorageException.Corrupt("The content of an event is not as it should be");
      }
      read(parser, reader);
    } catch (IOException e) {
      throw new StorageException.Corrupt("The content of an event can't be read", e);
    }
  }

  /** Reads those of the object whose begin a parser is at. */
  static void read(JsonParser parser, Reader reader) throws IOException {
    boolean isDone = false;
    while (!isDone && parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      isDone = reader.read(name, parser);
    }
  }

  /** Passes over a value, and wants more. */
  static boolean skip(JsonParser parser) throws IOException {
    parser.skipChildren();
    return false;
  }
}
