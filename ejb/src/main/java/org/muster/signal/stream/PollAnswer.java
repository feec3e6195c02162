package org.muster.signal.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.muster.storage.JsonDocument;

/**
 * What a receiver that polls is answered (RFC 8936 section 2.3).
 *
 * @param tokens by their jti, in the order of what they tell
 * @param more whether there are more for now
 */
public record PollAnswer(Map<String, String> tokens, boolean more) {
  /** There is nothing. */
  public static final PollAnswer NOTHING = new PollAnswer(Map.of(), false);

  public PollAnswer {
    tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
  }

  /** The body of the answer. */
  public String text() {
    ObjectNode json = JsonDocument.MAPPER.createObjectNode();
    ObjectNode sets = json.putObject("sets");
    tokens.forEach(sets::put);
    if (more) {
      json.put("moreAvailable", true);
    }
    return JsonDocument.of(json).text();
  }
}
