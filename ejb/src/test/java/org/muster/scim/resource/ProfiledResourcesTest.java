package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.muster.scim.ScimException;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.ShippedProfiles;

/** The profile of a tenant reaches its reads and its writes. */
class ProfiledResourcesTest {
  private static final String ACTIVE = "{'op':'Replace','path':'active','value':'False'}";

  private final Directory standard = new Directory(Profile.STANDARD);
  private final Directory entra = new Directory(ShippedProfiles.all().named("entra").orElseThrow());

  @Test
  void writesAreReadByTheProfile() {
    String boss = entra.user("boss");
    String ann =
        entra.user(
            "ann",
            "'active':'True'",
            "'" + Directory.ENTERPRISE + "':" + "{'manager':'" + boss + "'}");
    entra.patch(entra.users, ann, ACTIVE);
    ObjectNode read = entra.get(entra.users, ann);
    assertThat(read.path("active").booleanValue()).isFalse();
    assertThat(read.path(Directory.ENTERPRISE).at("/manager/value").asText()).isEqualTo(boss);
    entra.put(entra.users, ann, Directory.ALWAYS, Directory.userBody("ann", "'active':'True'"));
    assertThat(entra.get(entra.users, ann).path("active").booleanValue()).isTrue();
  }

  @Test
  void listsAreReadByTheProfile() {
    entra.user("ann", "'active':true", "'emails':[{'type':'work','value':'a@x.org'}]");
    entra.user("bob", "'active':false", "'emails':[{'type':'home','value':'a@x.org'}]");
    assertThat(found(entra, "active eq \"True\"")).isEqualTo(1);
    assertThat(found(entra, "emails[type eq \"work\"].value eq \"A@x.org\"")).isEqualTo(1);
    assertThat(found(entra, "department eq \"x\"")).isZero();
  }

  @Test
  void standardRefusesTheSame() {
    String ann = standard.user("ann");
    assertThatThrownBy(() -> standard.user("bob", "'active':'True'"))
        .isInstanceOf(ScimException.class);
    assertThatThrownBy(() -> standard.patch(standard.users, ann, ACTIVE))
        .isInstanceOf(ScimException.class);
    assertThatThrownBy(() -> found(standard, "active eq \"True\""))
        .isInstanceOf(ScimException.class);
    assertThat(found(standard, "userName pr")).isEqualTo(1);
  }

  private static int found(Directory directory, String filter) {
    return directory.list(directory.users, filter, 1, 10).path("totalResults").intValue();
  }
}
