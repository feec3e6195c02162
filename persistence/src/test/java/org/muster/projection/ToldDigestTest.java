package org.muster.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.state.CanonicalJson;
import org.muster.state.Digest;
import org.muster.storage.JsonDocument;

class ToldDigestTest {
  @Test
  void digestIsTakenAsItIsTold() {
    Digest digest = CanonicalJson.digest(JsonDocument.ofText("{}"));
    assertThat(ToldDigest.of(content("{'changes':[{'document':{}}],'digest':'" + digest + "'}")))
        .contains(digest);
  }

  @Test
  void documentIsHashedInItsCanonicalForm() {
    assertThat(ToldDigest.of(content("{'label':'','document':{'b':[1.0],'a':{}},'keys':{}}")))
        .contains(CanonicalJson.digest(content("{'a':{},'b':[1]}")));
  }

  @Test
  void nothingIsTold() {
    for (String content : List.of("{}", "{'document':1}", "{'keys':{'digest':['x']}}")) {
      assertThat(ToldDigest.of(content(content))).isEmpty();
    }
  }

  private static JsonDocument content(String text) {
    return JsonDocument.ofText(text.replace('\'', '"'));
  }
}
