package org.muster.projection;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.muster.storage.JsonDocument;

/** What the content of an event says of a document being active. For one content. */
final class ToldActivity {
  private static final String ACTIVE = "active";

  private boolean isTold;
  private Optional<Boolean> active = Optional.empty();

  private ToldActivity() {}

  /** A change of a live document, which is told of as a whole or by what was changed. */
  static ActivityMark mark(JsonDocument content, Instant time) {
    ToldActivity told = new ToldActivity();
    Members.read(content, told::read);
    return told.isTold ? new ActivityMark.Known(told.active, time) : new ActivityMark.Touched(time);
  }

  private boolean read(String name, JsonParser parser) throws IOException {
    if (name.equals("document")) {
      isTold = true;
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        Members.read(parser, this::readDocument);
      }
      return true;
    }
    if (name.equals("changes") && parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        change(parser);
      }
      return true;
    }
    return Members.skip(parser);
  }

  private boolean readDocument(String name, JsonParser parser) throws IOException {
    if (!name.equals(ACTIVE)) {
      return Members.skip(parser);
    }
    active = bool(parser);
    return true;
  }

  private void change(JsonParser parser) throws IOException {
    Change change = new Change();
    Members.read(parser, change::read);
    if (change.path.equals("/" + ACTIVE)) {
      isTold = true;
      active = change.op.equals("remove") ? Optional.empty() : change.value;
    }
  }

  /** An operation (RFC 6902 section 4). */
  private static final class Change {
    private String op = "";
    private String path = "";
    private Optional<Boolean> value = Optional.empty();

    boolean read(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "op" -> op = parser.getText();
        case "path" -> path = parser.getText();
        case "value" -> value = bool(parser);
        default -> {
          // what was before
        }
      }
      return Members.skip(parser);
    }
  }

  private static Optional<Boolean> bool(JsonParser parser) throws IOException {
    return parser.currentToken().isBoolean()
        ? Optional.of(parser.getBooleanValue())
        : Optional.empty();
  }
}
