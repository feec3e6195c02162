package org.muster.event.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.SortedMap;
import org.muster.storage.JsonDocument;

/** The text of a JSON object, written member by member; for one thread. */
final class ContentText {
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final int USUAL = 2_048;

  private final StringBuilder text = new StringBuilder(USUAL).append('{');
  private boolean begun;

  /** Begins a member. */
  ContentText name(String name) {
    if (begun) {
      text.append(',');
    }
    begun = true;
    return text(name).raw(":");
  }

  /** Adds what is JSON already. */
  ContentText raw(Object json) {
    text.append(json);
    return this;
  }

  ContentText text(String value) {
    text.append('"');
    ENCODER.quoteAsString(value, text);
    text.append('"');
    return this;
  }

  /** Adds an object of lists of texts. */
  ContentText lists(SortedMap<String, List<String>> lists) {
    char before = '{';
    text.append(lists.isEmpty() ? "{" : "");
    for (var each : lists.entrySet()) {
      text.append(before);
      before = ',';
      text(each.getKey()).raw(":");
      list(each.getValue());
    }
    return raw("}");
  }

  private void list(List<String> values) {
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ",");
      text(values.get(i));
    }
    text.append(']');
  }

  /** The object. */
  JsonDocument document() {
    return JsonDocument.ofText(text.append('}').toString());
  }
}
