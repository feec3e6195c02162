package org.muster.monitor;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.muster.kernel.TenantId;

/** What calls of one provider are made through, so that they can be watched. Thread-safe. */
public interface Calls {
  /** Watches nothing. */
  Calls UNWATCHED =
      new Calls() {
        @Override
        public <T> T call(
            String operation,
            @Nullable TenantId tenant,
            Function<? super T, Outcome> judgement,
            Supplier<T> call) {
          return call.get();
        }
      };

  /**
   * Makes a call; what it gives or throws is passed on.
   *
   * @param operation one of a few names
   * @param tenant for whom, for the log alone; null if for nobody in particular
   * @param judgement the outcome of a call that has given something
   */
  <T> T call(
      String operation,
      @Nullable TenantId tenant,
      Function<? super T, Outcome> judgement,
      Supplier<T> call);

  /** Makes a call that is {@link Outcome#OK} if it throws nothing. */
  default <T> T call(String operation, @Nullable TenantId tenant, Supplier<T> call) {
    return call(operation, tenant, answer -> Outcome.OK, call);
  }
}
