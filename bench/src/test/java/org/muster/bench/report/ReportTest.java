package org.muster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;
import org.muster.bench.scenario.HeapFigures;

class ReportTest {
  private static final long MEBIBYTE = 1024 * 1024;

  private final Results results = new Results();

  @Test
  void figuresArePerRequest() {
    Figures figures = figures(Names.GET, 20_000, 0);

    assertThat(figures.perSecond()).isEqualTo(10_000);
    assertThat(figures.serverMicros()).isEqualTo(150);
    assertThat(figures.clientMicros()).isEqualTo(10);
  }

  @Test
  void speedIsHeldAgainstTheLimitOfTheSameRun() {
    results.add(figures(Names.JAXRS, 20_000, 0));
    results.add(figures(Names.GET, 7000, 0));
    results.add(figures(Names.FILTER, 5999, 0));

    assertThat(verdict("GET by id")).contains("| 0.35 | pass |");
    assertThat(verdict("filter by userName")).contains("| 0.30 | FAIL |");
    assertThat(verdict("POST / pgbench")).contains("| - | not measured |");
  }

  @Test
  void postIsHeldToItsCpu() {
    results.add(figures(Names.CREATE, 2000, 0));

    assertThat(verdict("server CPU of a POST")).contains("| 1.50 | FAIL |");
  }

  @Test
  void costIsComparedByCpuAndByWaiting() {
    results.add(figures(Names.MEMBER_10, 15_000, 0));
    results.add(figures(Names.MEMBER_10000, 10_000, 0));

    assertThat(verdict("add a member: 10,000 / 10, CPU")).contains("| 1.50 | pass |");
    assertThat(verdict("add a member: 10,000 / 10, p50")).contains("| 1.00 | pass |");
  }

  @Test
  void manyTenantsAreHeldAgainstFew() {
    results.add(figures(Names.GET_FEW_TENANTS, 11_900, 0));
    results.add(figures(Names.GET_MANY_TENANTS, 10_000, 0));
    results.add(figures(Names.TENANT_CREATE, 990, 0));

    assertThat(verdict("GET by id: many tenants / 10, CPU")).contains("| 1.19 | pass |");
    assertThat(verdict("GET by id: many tenants / 10, p50")).contains("| 1.00 | pass |");
    assertThat(verdict("create a tenant")).contains("| 4.00 | pass |");
  }

  @Test
  void heapIsHeldToItsMost() {
    results.heap(new HeapFigures(figures(Names.SCAN, 10, 0), 100 * MEBIBYTE, 401 * MEBIBYTE, 9));

    assertThat(verdict("live heap")).contains("| 401.00 | FAIL |");
    assertThat(Markdown.of(results, 2)).contains("100 MiB at rest, at most 401 MiB in 9 samples");
  }

  @Test
  void oneErrorFails() {
    results.add(figures(Names.GET, 10, 1));

    assertThat(verdict("errors")).contains("| 1.00 | FAIL |");
  }

  @Test
  void scenarioWithoutSuccessIsNotMeasured() {
    results.add(new Figures(Names.GET, 0, 200, Double.NaN, Double.NaN, CpuClock.Spent.NOTHING));
    results.add(figures(Names.JAXRS, 20_000, 0));

    assertThat(verdict("GET by id")).contains("not measured");
    assertThat(Markdown.of(results, 2)).contains("| get | - | - | - | 200 | - | - | - |");
  }

  @Test
  void scenarioThatBrokeOffIsAnErrorWithItsReason() {
    results.brokeOff(Names.CURSOR, "saw 7 of 9 users");

    assertThat(Markdown.of(results, 2)).contains("\ncursor broke off: saw 7 of 9 users\n");
    assertThat(verdict("errors")).contains("| 1.00 | FAIL |");
    assertThat(Json.of(results, 2)).contains("\"brokeOff\":{\"cursor\":\"saw 7 of 9 users\"}");
  }

  @Test
  void jsonHoldsFiguresAndVerdicts() throws IOException {
    results.circumstance("machine", "2 cores \"of\" C:\\\n");
    results.add(figures(Names.GET, 20_000, 0));
    results.add(new Figures(Names.LIST, 0, 3, Double.NaN, Double.NaN, CpuClock.Spent.NOTHING));

    JsonNode json = new ObjectMapper().readTree(Json.of(results, 2));

    assertThat(json.at("/circumstances/machine").textValue()).isEqualTo("2 cores \"of\" C:\\\n");
    assertThat(json.at("/scenarios/0/requestsPerSecond").doubleValue()).isEqualTo(10_000);
    assertThat(json.at("/scenarios/0/othersCpuShare").doubleValue()).isEqualTo(0.075);
    assertThat(json.at("/scenarios/1/p50Millis").isNull()).isTrue();
    assertThat(json.at("/heap").isNull()).isTrue();
    assertThat(json.at("/targets").findValuesAsText("verdict"))
        .contains("not measured", "FAIL")
        .doesNotContain("pass");
  }

  private String verdict(String target) {
    return Markdown.of(results, 2)
        .lines()
        .filter(line -> line.startsWith("| " + target))
        .findFirst()
        .orElseThrow();
  }

  private static Figures figures(String name, long requests, long errors) {
    return new Figures(name, requests, errors, 1.5, 4, new CpuClock.Spent(2, 3000, 200, 3500));
  }
}
