package org.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator's tools ask of a running server. */
class HealthIT extends ProtocolTest {
  private final ScimClient root = scim.at("").without("Authorization");

  @Test
  void liveAndReadyAreUp() {
    assertThat(root.get("/health/live").expect(200).json().path("status").asText()).isEqualTo("UP");
    assertThat(root.get("/health/ready").expect(200).json().path("status").asText())
        .isEqualTo("UP");
  }

  @Test
  void metricsAreServed() {
    assertThat(root.get("/metrics").expect(200).text()).contains("memory_usedHeap_bytes");
  }

  @Test
  void metricsCountTheConnectionsOfThePool() {
    scim.get("/Users?count=1").expect(200);
    assertThat(root.get("/metrics").expect(200).text())
        .containsPattern("muster_database_connections\\{[^}]*state=\"used\"[^}]*} \\d")
        .containsPattern("muster_database_connections\\{[^}]*state=\"free\"[^}]*} [1-9]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/__asadmin/list-applications", "/management/domain", "/admin", "/common/"})
  void serversOwnAdministrationIsNotThere(String path) {
    assertThat(root.get(path).status()).isIn(401, 404);
    assertThat(scim.at("").get(path).status()).isEqualTo(404);
  }

  @Test
  void openApiNamesTheUsersEndpoint() {
    assertThat(root.get("/openapi").expect(200).text()).contains("/scim/v2");
  }

  @Test
  void answersDoNotNameTheServer() {
    ScimResponse response = root.get("/health/ready");
    assertThat(response.header("Server")).isEmpty();
    assertThat(response.header("X-Powered-By")).isEmpty();
  }

  @Test
  void serviceProviderConfigIsThere() {
    assertThat(scim.get("/ServiceProviderConfig").expect(200).json().path("patch").toString())
        .contains("true");
  }
}
