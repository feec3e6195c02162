package org.muster.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.muster.config.Settings;
import org.muster.scim.policy.Profile;
import org.muster.scim.policy.ShippedProfiles;

/** What the configuration says of the SCIM services. */
class ScimSettingsTest {
  @Test
  void profileIsStandardUnlessConfigured() {
    assertThat(profile(Map.of())).isEqualTo(Profile.STANDARD);
    assertThat(profile(Map.of("muster.scim.profile", "okta")).name()).isEqualTo("okta");
  }

  @Test
  void unknownProfileStopsTheStart() {
    assertThatThrownBy(() -> profile(Map.of("muster.scim.profile", "Entra")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "muster.scim.profile=Entra is not allowed; it must be one of standard, entra, okta,"
                + " lenient");
  }

  private static Profile profile(Map<String, String> values) {
    Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
    return ScimSettings.profile(settings, ShippedProfiles.all());
  }
}
