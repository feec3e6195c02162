package org.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
