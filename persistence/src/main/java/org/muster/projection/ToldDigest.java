package org.muster.projection;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.muster.state.CanonicalJson;
import org.muster.state.Digest;
import org.muster.storage.JsonDocument;

/** What the content of an event says of the document after it. For one content. */
final class ToldDigest {
  private Optional<Digest> digest = Optional.empty();

  private ToldDigest() {}

  /** The hash of the document, if the content has one of both. */
  static Optional<Digest> of(JsonDocument content) {
    ToldDigest told = new ToldDigest();
    Members.read(content, told::read);
    return told.digest;
  }

  private boolean read(String name, JsonParser parser) throws IOException {
    if (name.equals("digest")) {
      digest = Optional.of(Digest.parse(parser.getText()));
    } else if (name.equals("document") && parser.currentToken() == JsonToken.START_OBJECT) {
      digest = Optional.of(CanonicalJson.digest(parser));
    } else {
      parser.skipChildren();
    }
    return digest.isPresent();
  }
}
