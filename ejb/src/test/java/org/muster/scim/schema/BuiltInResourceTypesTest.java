package org.muster.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.scim.schema.Attribute.Link;
import org.muster.scim.schema.Attribute.Mutability;
import org.muster.scim.schema.Attribute.Returned;
import org.muster.scim.schema.Attribute.Uniqueness;
import org.muster.storage.LinkSelector.Direction;

class BuiltInResourceTypesTest {
  private static final ResourceTypes TYPES = new BuiltInResourceTypes();
  private static final ResourceType USER = TYPES.all(TenantId.DEFAULT).get(0);
  private static final ResourceType GROUP = TYPES.all(TenantId.DEFAULT).get(1);

  @Test
  void usersHaveEveryAttributeOfSection41() {
    assertThat(USER.schema().attributes())
        .extracting(Attribute::name)
        .containsExactly(
            "userName",
            "name",
            "displayName",
            "nickName",
            "profileUrl",
            "title",
            "userType",
            "preferredLanguage",
            "locale",
            "timezone",
            "active",
            "password",
            "emails",
            "phoneNumbers",
            "ims",
            "photos",
            "addresses",
            "groups",
            "entitlements",
            "roles",
            "x509Certificates");
  }

  @Test
  void theEnterpriseExtensionHasEveryAttributeOfSection43() {
    assertThat(USER.extensions()).hasSize(1);
    assertThat(USER.extensions().get(0).required()).isFalse();
    assertThat(USER.extensions().get(0).schema().attributes())
        .extracting(Attribute::name)
        .containsExactly(
            "employeeNumber", "costCenter", "organization", "division", "department", "manager");
  }

  @Test
  void userNameIsUniqueAndPasswordNeverReturned() {
    Attribute userName = USER.schema().attribute("USERNAME").orElseThrow();
    Attribute password = USER.schema().attribute("password").orElseThrow();
    assertThat(userName.uniqueness()).isEqualTo(Uniqueness.SERVER);
    assertThat(userName.required()).isTrue();
    assertThat(userName.caseExact()).isFalse();
    assertThat(password.mutability()).isEqualTo(Mutability.WRITE_ONLY);
    assertThat(password.returned()).isEqualTo(Returned.NEVER);
  }

  @Test
  void linksAreSaidByTheSchema() {
    assertThat(USER.schema().attribute("groups").orElseThrow().link())
        .contains(new Link("members", Direction.IN, true, List.of("Group")));
    assertThat(GROUP.schema().attribute("members").orElseThrow().link())
        .contains(new Link("members", Direction.OUT, false, List.of("User", "Group")));
    assertThat(USER.extensions().get(0).schema().attribute("manager").orElseThrow().link())
        .contains(new Link("manager", Direction.OUT, false, List.of("User")));
  }

  @Test
  void typesAreFoundByExactEndpointAndNameAndSchemasInAnyCase() {
    assertThat(TYPES.byEndpoint(TenantId.DEFAULT, "Users")).contains(USER);
    assertThat(TYPES.byEndpoint(TenantId.DEFAULT, "users")).isEmpty();
    assertThat(TYPES.byName(TenantId.DEFAULT, "Group")).contains(GROUP);
    assertThat(TYPES.schema(TenantId.DEFAULT, "URN:ietf:params:scim:schemas:core:2.0:user"))
        .contains(USER.schema());
  }
}
