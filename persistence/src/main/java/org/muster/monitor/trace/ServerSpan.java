package org.muster.monitor.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;

/** The span of a request that is traced. */
final class ServerSpan implements RequestSpan {
  private static final int SERVER_ERROR = 500;

  /** What stands for methods that clients make up, by the conventions of OpenTelemetry. */
  private static final String OTHER = "_OTHER";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final Span span;
  private final Scope scope;

  @SuppressWarnings("MustBeClosedChecker") // closed with this
  private ServerSpan(Span span) {
    this.span = span;
    this.scope = new KeptSpan(span).makeCurrent();
  }

  static ServerSpan begin(
      OpenTelemetry telemetry,
      Tracer tracer,
      String name,
      Function<String, @Nullable String> headers) {
    Context client =
        telemetry
            .getPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), headers, new Headers());
    return new ServerSpan(
        tracer.spanBuilder(name).setParent(client).setSpanKind(SpanKind.SERVER).startSpan());
  }

  @Override
  public void about(String method, String requestId) {
    span.setAttribute(Spans.METHOD, METHODS.contains(method) ? method : OTHER)
        .setAttribute(Spans.REQUEST, requestId);
  }

  @Override
  public void of(TenantId tenant) {
    span.setAttribute(Spans.TENANT, tenant.value());
  }

  @Override
  public void answered(int status) {
    span.setAttribute(Spans.STATUS, (long) status);
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }

  /** Reads headers, which nobody asks to be listed. */
  private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {
    @Override
    public Iterable<String> keys(Function<String, @Nullable String> carrier) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable Function<String, @Nullable String> carrier, String key) {
      return carrier == null ? null : carrier.apply(key);
    }
  }
}
