package org.muster.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldTest {
  private static final String JSON =
      "{\"total\" : 12, \"id\":\"a\",\"next\":null,\"list\":[{\"id\": \"b\"},{\"idx\":\"c\"}]}";

  @Test
  void findsTextsByName() {
    assertThat(new Field("id").text(JSON)).contains("a");
    assertThat(new Field("id").texts(JSON)).containsExactly("a", "b");
    assertThat(new Field("next").text(JSON)).isEmpty();
  }

  @Test
  void findsNumbersByName() {
    assertThat(new Field("total").number(JSON)).hasValue(12);
    assertThat(new Field("id").number(JSON)).isEmpty();
  }
}
