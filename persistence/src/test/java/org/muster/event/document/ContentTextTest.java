package org.muster.event.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.muster.storage.JsonDocument;

class ContentTextTest {
  @Test
  void readsAsWhatWasWritten() {
    TreeMap<String, List<String>> keys =
        new TreeMap<>(Map.of("a\"b", List.of("x\\y", "\n\u0001\ud83d\ude00"), "c", List.of()));
    ObjectNode tree =
        new ContentText()
            .name("document")
            .raw("{\"n\":1.5}")
            .name("label")
            .text("\"\u2028é")
            .name("keys")
            .lists(keys)
            .name("none")
            .lists(new TreeMap<>())
            .document()
            .tree();
    assertThat(tree.get("document").toString()).isEqualTo("{\"n\":1.5}");
    assertThat(tree.get("label").asText()).isEqualTo("\"\u2028é");
    assertThat(tree.get("keys")).isEqualTo(JsonDocument.MAPPER.valueToTree(keys));
    assertThat(tree.get("none")).isEmpty();
  }
}
