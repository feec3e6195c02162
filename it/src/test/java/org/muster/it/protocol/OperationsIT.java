package org.muster.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What operators look at: health, metrics, the description of the interface. */
class OperationsIT extends Protocol {
  private Answer root(String path) {
    return sendTo(serverUrl() + path, "", "GET", "", "Accept", "*/*");
  }

  @Test
  void serverIsLiveAndReady() {
    assertThat(root("/health/live").text("/status")).isEqualTo("UP");
    Answer ready = root("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.text("/status")).isEqualTo("UP");
    assertThat(ready.body()).contains("database");
  }

  @Test
  void metricsCountRequestsAndStorageAndPool() {
    createUser(unique("metric"));
    String metrics = root("/metrics").body();
    assertThat(metrics)
        .contains("muster_requests")
        .contains("muster_storage")
        .contains("muster_database_connections");
    assertThat(metrics).doesNotContain("tenant=\"default\"");
  }

  @Test
  void interfaceIsDescribed() {
    String description = root("/openapi").body();
    assertThat(description).contains("/scim/v2/").contains("/admin/v1/tokens");
  }

  @Test
  void constantsForBenchmarksAreOffUnlessAskedFor() {
    assertThat(root("/bench/jaxrs").status()).isEqualTo(404);
    assertThat(root("/bench/servlet").status()).isEqualTo(404);
  }
}
