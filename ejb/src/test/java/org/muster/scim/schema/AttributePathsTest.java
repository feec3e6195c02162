package org.muster.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;

class AttributePathsTest {
  private static final ResourceType USER =
      new BuiltInResourceTypes().byName(TenantId.DEFAULT, "User").orElseThrow();
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(resolved("NAME.familyname")).contains("name.familyName");
    assertThat(resolved("userName")).contains("userName");
    assertThat(resolved("groups.$REF")).contains("groups.$ref");
  }

  @Test
  void theCoreUrnMayStandInFront() {
    assertThat(resolved("URN:ietf:params:scim:schemas:core:2.0:USER:emails.value"))
        .contains("emails.value");
  }

  @Test
  void extensionAttributesNeedTheirUrn() {
    assertThat(resolved("employeeNumber")).isEmpty();
    assertThat(resolved(ENTERPRISE + ":EmployeeNumber")).contains(ENTERPRISE + ":employeeNumber");
    assertThat(resolved(ENTERPRISE + ":manager.displayName"))
        .contains(ENTERPRISE + ":manager.displayName");
  }

  @Test
  void commonAttributesAreFoundButInNoSchema() {
    assertThat(resolved("ID")).contains("id");
    assertThat(resolved("meta.LASTMODIFIED")).contains("meta.lastModified");
    assertThat(USER.schema().attribute("id")).isEmpty();
  }

  @Test
  void aUrnAloneIsAnExtensionAndNoAttribute() {
    assertThat(resolved(ENTERPRISE)).isEmpty();
    assertThat(AttributePaths.extensionOf(USER, ENTERPRISE.toUpperCase(java.util.Locale.ROOT)))
        .isPresent();
  }

  @Test
  void whatIsNotAsciiNamesNothing() {
    assertThat(resolved("emails.value\u212A")).isEmpty();
    assertThat(resolved("nic\u212AName")).isEmpty();
    assertThat(resolved("")).isEmpty();
    assertThat(resolved("name.")).isEmpty();
    assertThat(resolved("x".repeat(100_000))).isEmpty();
  }

  private static Optional<String> resolved(String name) {
    return AttributePaths.resolve(USER, name).map(AttributePath::toString);
  }
}
