package org.muster.monitor.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;
import org.muster.monitor.Provider;

/**
 * Makes spans of requests, of the services that they call, and of what these call, each within the
 * other. No span has the key of a resource or a person, or anything of what was asked or answered.
 * Where traces are off nothing is done and nothing is paid for. Thread-safe.
 */
public final class Tracing {
  private static final String NAME = "org.muster";

  private final @Nullable OpenTelemetry telemetry;
  private final @Nullable Tracer tracer;

  private Tracing(@Nullable OpenTelemetry telemetry) {
    this.telemetry = telemetry;
    this.tracer = telemetry == null ? null : telemetry.getTracer(NAME);
  }

  /** Traces, if they are wanted. */
  public static Tracing of(boolean on, Supplier<OpenTelemetry> telemetry) {
    return new Tracing(on ? telemetry.get() : null);
  }

  /** The calls of a provider with a span around each. */
  public Calls over(Calls calls, Provider provider) {
    if (tracer == null) {
      return calls;
    }
    String kind = provider.kind().word();
    Attributes about =
        Attributes.of(
            Spans.KIND, kind, Spans.PROVIDER, provider.name(), Spans.LEVEL, provider.level());
    return new TracedCalls(tracer, kind + " " + provider.name() + " ", about, calls, Outcome::of);
  }

  /**
   * The calls of a service with a span around each.
   *
   * @param name for instance "resources"
   * @param thrown the outcome of a call that has thrown something
   */
  public Calls service(String name, Function<RuntimeException, Outcome> thrown) {
    return tracer == null
        ? Calls.UNWATCHED
        : new TracedCalls(
            tracer,
            "service " + name + " ",
            Attributes.of(Spans.KIND, "service", Spans.PROVIDER, name),
            Calls.UNWATCHED,
            thrown);
  }

  /**
   * Begins the span of a request, below that of the client if the headers name one (W3C Trace
   * Context), and makes it the current one of this thread.
   *
   * @param operation one of a few names
   * @param headers the value of a header, or null
   */
  public RequestSpan begin(String operation, Function<String, @Nullable String> headers) {
    return telemetry == null || tracer == null
        ? RequestSpan.NONE
        : ServerSpan.begin(telemetry, tracer, "request " + operation, headers);
  }
}
