package org.muster.monitor;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;

/** Notes how long calls took and how they ended, and tells the log of slow ones. */
final class TimedCalls implements Calls {
  private final Provider provider;
  private final CallTimes times;
  private final SlowCalls slow;

  TimedCalls(Provider provider, CallTimes times, SlowCalls slow) {
    this.provider = provider;
    this.times = times;
    this.slow = slow;
  }

  @Override
  public <T> T call(
      String operation,
      @Nullable TenantId tenant,
      Function<? super T, Outcome> judgement,
      Supplier<T> call) {
    long start = System.nanoTime();
    Outcome outcome = Outcome.ERROR;
    try {
      T answer = call.get();
      outcome = judgement.apply(answer);
      return answer;
    } catch (RuntimeException e) {
      outcome = Outcome.of(e);
      throw e;
    } finally {
      long taken = System.nanoTime() - start;
      times.record(operation, outcome, taken);
      slow.note(provider, operation, outcome, tenant, taken);
    }
  }
}
