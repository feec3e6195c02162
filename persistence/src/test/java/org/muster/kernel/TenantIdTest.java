package org.muster.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TenantIdTest {

  @Test
  void labelsAreTenantIds() {
    for (String good : List.of("a", "0", "acme", "a-b", "a--b", "1a", "a".repeat(63))) {
      assertThat(TenantId.isValid(good)).as(good).isTrue();
      assertThat(new TenantId(good)).hasToString(good);
    }
  }

  @Test
  void anythingElseIsRefusedWithoutRepeatingIt() {
    for (String bad :
        List.of(
            "",
            "-a",
            "a-",
            "A",
            "a_b",
            "a.b",
            "a b",
            "ä",
            "a\n",
            "\na",
            "a/b",
            "..",
            "а",
            "a".repeat(64),
            "a\u0000")) {
      assertThat(TenantId.isValid(bad)).as(bad).isFalse();
      assertThatThrownBy(() -> new TenantId(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Not a tenant id");
    }
  }

  @Test
  void orderIsThatOfTheirText() {
    assertThat(List.of(new TenantId("a"), new TenantId("a-b"), new TenantId("b"))).isSorted();
  }
}
