package org.muster.monitor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;
import org.muster.monitor.Provider;
import org.muster.storage.StorageException;

class TracingTest {
  private static final TenantId ACME = new TenantId("acme");

  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private final Tracing tracing = Tracing.of(true, TELEMETRY::getOpenTelemetry);
  private final Calls storage = tracing.over(Calls.UNWATCHED, Provider.storage("jpa"));

  @Test
  void storageIsWithinTheServiceWithinTheRequest() {
    Calls service = tracing.service("resources", Outcome::of);
    try (RequestSpan request = tracing.begin("get", name -> null)) {
      request.about("GET", "r-1");
      request.of(ACME);
      service.call("get", ACME, () -> storage.call("get", ACME, () -> "ann"));
      request.answered(200);
    }
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
    List<SpanData> spans = TELEMETRY.getSpans();
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("storage jpa get", "service resources get", "request get");
    assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
    assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(2).getSpanId());
    assertThat(spans.get(2).getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(spans.get(2).getAttributes().get(Spans.STATUS)).isEqualTo(200);
    assertThat(spans.get(2).getAttributes().get(Spans.REQUEST)).isEqualTo("r-1");
    assertThat(spans)
        .allMatch(span -> "acme".equals(span.getAttributes().get(Spans.TENANT)))
        .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET)
        .noneMatch(span -> span.toString().contains("ann"));
  }

  @Test
  void clientsTraceIsGoneOnWith() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    Map<String, String> headers = Map.of("traceparent", "00-" + trace + "-b7ad6b7169203331-01");
    tracing.begin("list", headers::get).close();
    assertThat(TELEMETRY.getSpans().get(0).getTraceId()).isEqualTo(trace);
    assertThat(TELEMETRY.getSpans().get(0).getParentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  @Test
  void spanOfARequestEndsWithTheRequestThoughOthersEndIt() {
    try (RequestSpan request = tracing.begin("get", name -> null)) {
      Span.current().setAttribute("theirs", "x").end();
      request.answered(404);
    }
    SpanData span = TELEMETRY.getSpans().get(0);
    assertThat(TELEMETRY.getSpans()).hasSize(1);
    assertThat(span.getAttributes().get(Spans.STATUS)).isEqualTo(404);
    assertThat(span.toString()).contains("theirs");
  }

  @Test
  void methodsThatClientsMakeUpAreOneWord() {
    try (RequestSpan span = tracing.begin("other", name -> null)) {
      span.about("ANN" + "x".repeat(1_000), "r-1");
    }
    assertThat(TELEMETRY.getSpans().get(0).getAttributes().get(Spans.METHOD)).isEqualTo("_OTHER");
  }

  @Test
  void hostileTraceHeadersBeginATraceAnew() {
    for (String header : List.of("", "00-0-0-0", "zz-" + "a".repeat(5_000), "00-\u0000")) {
      tracing.begin("list", name -> header).close();
    }
    assertThat(TELEMETRY.getSpans()).hasSize(4).noneMatch(s -> s.getParentSpanContext().isValid());
  }

  @Test
  void failureIsMarkedWithoutItsMessage() {
    Throwable thrown =
        catchThrowable(
            () ->
                storage.call(
                    "get",
                    ACME,
                    () -> {
                      throw new StorageException.Unavailable("ann is not there", null);
                    }));
    assertThat(thrown).isInstanceOf(StorageException.Unavailable.class);
    SpanData span = TELEMETRY.getSpans().get(0);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(Spans.OUTCOME)).isEqualTo("unavailable");
    assertThat(span.toString()).doesNotContain("ann");
  }

  @Test
  void refusalIsNoFailure() {
    assertThat(
            catchThrowable(
                () ->
                    storage.call(
                        "apply",
                        ACME,
                        () -> {
                          throw new StorageException.NotUnique("userName");
                        })))
        .isInstanceOf(RuntimeException.class);
    assertThat(TELEMETRY.getSpans().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void serviceSaysWhichOfItsExceptionsAreAnswers() {
    Calls service = tracing.service("resources", thrown -> Outcome.REFUSED);
    assertThat(
            catchThrowable(
                () ->
                    service.call(
                        "get",
                        ACME,
                        () -> {
                          throw new IllegalStateException("there is no ann");
                        })))
        .isInstanceOf(RuntimeException.class);
    assertThat(TELEMETRY.getSpans().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void judgementIsThatOfTheCaller() {
    storage.call("health", null, up -> up ? Outcome.OK : Outcome.UNAVAILABLE, () -> false);
    assertThat(TELEMETRY.getSpans().get(0).getAttributes().get(Spans.OUTCOME))
        .isEqualTo("unavailable");
  }

  @Test
  void nothingIsMadeWhereTracesAreOff() {
    Tracing off =
        Tracing.of(
            false,
            () -> {
              throw new IllegalStateException("not asked for");
            });
    assertThat(off.over(storage, Provider.storage("jpa"))).isSameAs(storage);
    assertThat(off.service("resources", Outcome::of)).isSameAs(Calls.UNWATCHED);
    assertThat(off.begin("list", name -> null)).isSameAs(RequestSpan.NONE);
  }
}
