package org.muster.rest.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.rest.exchange.Target.Area;

/** Which rules hold for a path. */
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "/scim/v2/Users/1, '', /scim/v2, /Users/1",
    "/scim/v2, '', /scim/v2, ''",
    "/scim/v2/, '', /scim/v2, /",
    "/scim/v1/Users, '', /scim, /v1/Users",
    "/scim/v2x, '', /scim, /v2x",
    "/t/acme/scim/v2/Groups, acme, /t/acme/scim/v2, /Groups",
    "/t/acme/scim, acme, /t/acme/scim, ''",
    "/t/a%2fb/scim/v2/Users, a%2fb, /t/a%2fb/scim/v2, /Users",
  })
  void scimPathsAreTakenApart(String path, String tenant, String base, String rest) {
    Optional<String> named = Optional.of(tenant).filter(t -> !t.isEmpty());
    assertThat(Target.of(path)).isEqualTo(new Target(Area.SCIM, named, base, rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/v1/tokens", "/t/acme", "/t/acme/scimx", "/t//x/scim", "/storage/v1/providers",
        "/control", "//scim/v2/Users", "/%73cim/v2/Users", "/;a=b/scim/v2/Users", "/bench/jaxrs/x",
        "/./scim/v2/Users", "/bench/../scim/v2/Users", "/anything", "*"
      })
  void everythingElseIsProtected(String path) {
    assertThat(Target.of(path).area()).isEqualTo(Area.PROTECTED);
  }

  @Test
  void onlyWhatIsListedIsOpen() {
    assertThat(Target.of("/").area()).isEqualTo(Area.OPEN);
    assertThat(Target.of("/bench/servlet").area()).isEqualTo(Area.OPEN);
    assertThat(Target.of("/health/ready").area()).isEqualTo(Area.OPEN);
    assertThat(Target.of("/healthy").area()).isEqualTo(Area.PROTECTED);
  }
}
