package org.muster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.muster.bench.report.Json;

class BenchTest {
  private static final int USERS = 2000;
  private static final int TENANTS = 20;

  @TempDir private Path folder;
  private FakeScim scim;

  @BeforeEach
  void start() throws IOException {
    scim = new FakeScim();
  }

  @AfterEach
  void stop() {
    scim.close();
  }

  @Test
  void everyScenarioRunsWithoutErrors() throws IOException, InterruptedException {
    JsonNode report = run(List.of());

    assertThat(report.at("/scenarios").findValuesAsText("name"))
        .containsExactly(
            "list-1000",
            "bench-servlet",
            "bench-jaxrs",
            "get",
            "get-hot",
            "cache-get",
            "filter-username",
            "list",
            "cursor-first",
            "cursor-last",
            "patch-active",
            "replace",
            "add-member-10",
            "add-member-1000",
            "scan",
            "create",
            "bulk-1000",
            "tenant-create",
            "get-few-tenants",
            "get-many-tenants");
    assertThat(report.at("/scenarios"))
        .allSatisfy(
            scenario -> {
              assertThat(scenario.get("errors").intValue()).as("%s", scenario).isZero();
              assertThat(scenario.get("requests").intValue()).as("%s", scenario).isPositive();
            });
    assertThat(report.at("/brokeOff")).isEmpty();
    assertThat(report.at("/heap/samples").intValue()).isPositive();
    assertThat(scim.userCount()).isGreaterThan(USERS + 100 * TENANTS);
    assertThat(scim.tenantCount()).isEqualTo(TENANTS);
    assertGroupsHaveTheirSizes(scim.groupSizes());
  }

  @Test
  void secondRunKnowsWhatTheFirstOneCreated() throws IOException, InterruptedException {
    run(List.of("create"));

    JsonNode report = run(List.of("list", "cursor", "create"));

    assertThat(report.at("/scenarios").findValuesAsText("errors")).hasSize(4).containsOnly("0");
    assertThat(report.at("/brokeOff")).isEmpty();
  }

  @Test
  void wrongAnswersAreErrors() throws IOException, InterruptedException {
    run(List.of("get", "add-member-10"));
    scim.failNext(Integer.MAX_VALUE);

    JsonNode report = run(List.of("get", "add-member-10"));

    assertThat(report.at("/scenarios/0/errors").intValue()).isPositive();
    assertThat(report.at("/scenarios/0/requests").intValue()).isZero();
  }

  @Test
  void scenarioThatBreaksOffEndsNoOther() throws IOException, InterruptedException {
    run(List.of("get"));
    scim.hideOne();

    JsonNode report = run(List.of("cursor", "replace"));

    assertThat(report.at("/brokeOff/cursor").textValue()).contains("saw 1999 of 2000 users");
    assertThat(report.at("/scenarios").findValuesAsText("name")).containsExactly("replace");
  }

  @Test
  void tenantThatIsRefusedIsAnError() throws IOException, InterruptedException {
    run(List.of("get"));
    scim.failNext(1);

    JsonNode report = run(List.of("tenants"));

    assertThat(report.at("/brokeOff/tenants").textValue()).contains("400");
    assertThat(report.at("/scenarios")).isEmpty();
  }

  private static void assertGroupsHaveTheirSizes(Map<String, Integer> sizes) {
    assertThat(sizes).containsEntry("everybody", USERS).containsKey("team-2-00009");
    sizes.forEach(
        (name, size) -> {
          if (name.startsWith("size-")) {
            assertThat(size).as(name).isEqualTo(Integer.parseInt(name.split("-", -1)[1]));
          }
        });
  }

  private JsonNode run(List<String> only) throws IOException, InterruptedException {
    Options options =
        new Options(
            scim.url(),
            "secret",
            0,
            "",
            "",
            0,
            USERS,
            TENANTS,
            4,
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            3,
            "nickName eq \"x\"",
            false,
            only,
            folder);
    return new ObjectMapper().readTree(Json.of(Bench.run(options), 2));
  }
}
