package org.muster.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.kernel.TenantId;
import org.muster.scim.ScimException;
import org.muster.scim.schema.BuiltInResourceTypes;
import org.muster.scim.schema.ResourceType;
import org.muster.storage.Path;
import org.muster.storage.Query.Order;

class SortTranslatorTest {
  private static final ResourceType USER =
      new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();

  @Test
  void attributesAreSortedByTheirPathAndComplexOnesByTheirValue() {
    assertThat(SortTranslator.order(USER, "NAME.familyName", true))
        .isEqualTo(
            new Order(
                new Path(
                    "name.familyName",
                    List.of("name", "familyName"),
                    Path.Type.TEXT,
                    false,
                    false,
                    true),
                true));
    assertThat(SortTranslator.order(USER, "emails", false).path().name()).isEqualTo("emails.value");
  }

  @Test
  void idAndTimesAreColumns() {
    assertThat(SortTranslator.order(USER, "id", true)).isEqualTo(new Order(Path.ID, true));
    assertThat(SortTranslator.order(USER, "meta.created", false))
        .isEqualTo(new Order(Path.CREATED, false));
  }

  @Test
  void extensionsAreNamedByTheirUrn() {
    String urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    assertThat(SortTranslator.order(USER, urn.toUpperCase(Locale.ROOT) + ":COSTCENTER", false))
        .extracting(order -> order.path().name())
        .isEqualTo(urn + ":costCenter");
  }

  @Test
  void complexAttributeWithoutValueIsToldWhatToSortBy() {
    assertThatThrownBy(() -> SortTranslator.order(USER, "name", false))
        .hasMessageContaining("name.formatted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "password",
        "name",
        "addresses",
        "groups",
        "groups.value",
        "meta",
        "meta.version",
        "costCenter",
        "emails[type eq \"work\"]",
        "emails.value.x",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "userName\u0000",
        ""
      })
  void whatCanNotBeSortedByIsInvalidValue(String sortBy) {
    assertThatThrownBy(() -> SortTranslator.order(USER, sortBy, false))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE));
  }
}
