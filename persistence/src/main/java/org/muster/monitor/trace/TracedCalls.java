package org.muster.monitor.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;
import org.muster.monitor.Calls;
import org.muster.monitor.Outcome;

/** A span around each call. */
final class TracedCalls implements Calls {
  private final Tracer tracer;
  private final String prefix;
  private final Attributes about;
  private final Calls delegate;
  private final Function<RuntimeException, Outcome> thrown;

  /**
   * Calls with spans.
   *
   * @param prefix of a span's name, which the operation follows
   * @param about attributes of all of them
   * @param delegate what they are made through
   * @param thrown the outcome of a call that has thrown something
   */
  TracedCalls(
      Tracer tracer,
      String prefix,
      Attributes about,
      Calls delegate,
      Function<RuntimeException, Outcome> thrown) {
    this.tracer = tracer;
    this.prefix = prefix;
    this.about = about;
    this.delegate = delegate;
    this.thrown = thrown;
  }

  @Override
  public <T> T call(
      String operation,
      @Nullable TenantId tenant,
      Function<? super T, Outcome> judgement,
      Supplier<T> call) {
    Span span = tracer.spanBuilder(prefix + operation).setAllAttributes(about).startSpan();
    if (tenant != null) {
      span.setAttribute(Spans.TENANT, tenant.value());
    }
    Outcome outcome = Outcome.ERROR;
    Scope scope = span.makeCurrent();
    try {
      T answer = delegate.call(operation, tenant, judgement, call);
      outcome = judgement.apply(answer);
      return answer;
    } catch (RuntimeException e) {
      outcome = thrown.apply(e);
      throw e;
    } finally {
      scope.close();
      span.setAttribute(Spans.OUTCOME, outcome.word());
      if (outcome.isFailure()) {
        span.setStatus(StatusCode.ERROR); // without the message, which might name what is private
      }
      span.end();
    }
  }
}
