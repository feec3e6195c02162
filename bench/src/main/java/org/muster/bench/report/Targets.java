package org.muster.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.muster.bench.measure.Figures;

/** What Muster is to reach, held against the limits of the same run. */
final class Targets {
  private static final double MEBIBYTE = 1024 * 1024;

  private final Results results;

  Targets(Results results) {
    this.results = results;
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(
        Verdict.atLeast("GET by id / constant JAX-RS", 0.35, speed(Names.GET, Names.JAXRS)));
    verdicts.add(
        Verdict.atLeast(
            "GET of a thousand / constant servlet", 0.6, speed(Names.GET_HOT, Names.SERVLET)));
    verdicts.add(
        Verdict.atLeast(
            "GET of a cache's entry / constant servlet",
            0.5,
            speed(Names.CACHE_GET, Names.SERVLET)));
    verdicts.add(
        Verdict.atLeast(
            "filter by userName / constant JAX-RS", 0.3, speed(Names.FILTER, Names.JAXRS)));
    verdicts.add(
        Verdict.atLeast("POST / pgbench insert", 0.1, speed(Names.CREATE, Names.PG_INSERT)));
    verdicts.add(
        Verdict.atMost(
            "server CPU of a POST, ms",
            1.3,
            results.of(Names.CREATE).map(create -> create.serverMicros() / 1000)));
    verdicts.add(Verdict.atLeast("bulk of users / POST", 3, speed(Names.BULK, Names.CREATE)));
    costs(verdicts, 1.5, "add a member: 10,000 / 10", Names.MEMBER_10000, Names.MEMBER_10);
    costs(verdicts, 1.5, "first list page: all users / 1,000", Names.LIST, Names.LIST_SMALL);
    costs(verdicts, 1.5, "cursor page: last / first", Names.CURSOR_LAST, Names.CURSOR_FIRST);
    costs(
        verdicts,
        1.2,
        "GET by id: many tenants / 10",
        Names.GET_MANY_TENANTS,
        Names.GET_FEW_TENANTS);
    verdicts.add(
        Verdict.atMost(
            "create a tenant, p99 ms",
            100,
            results.of(Names.TENANT_CREATE).map(Figures::p99Millis)));
    verdicts.add(
        Verdict.atMost(
            "live heap during scans, MiB",
            400,
            results.heap().map(heap -> heap.mostBytes() / MEBIBYTE)));
    verdicts.add(Verdict.atMost("errors", 0, Optional.of((double) results.errors())));
    return verdicts;
  }

  /** A cost is held to its bound twice: as server CPU, and as the time that a client waits. */
  private void costs(
      List<Verdict> verdicts, double bound, String what, String large, String small) {
    verdicts.add(Verdict.atMost(what + ", CPU", bound, ratio(large, small, Figures::serverMicros)));
    verdicts.add(Verdict.atMost(what + ", p50", bound, ratio(large, small, Figures::p50Millis)));
  }

  private Optional<Double> speed(String name, String limit) {
    return ratio(name, limit, Figures::perSecond);
  }

  private Optional<Double> ratio(String above, String below, ToDoubleFunction<Figures> figure) {
    return results
        .of(above)
        .flatMap(
            a -> results.of(below).map(b -> figure.applyAsDouble(a) / figure.applyAsDouble(b)));
  }
}
