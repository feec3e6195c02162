package org.muster.monitor.trace;

import org.muster.kernel.TenantId;

/** The span of a request, the current one of its thread until it is closed. For one thread. */
public interface RequestSpan extends AutoCloseable {
  /** Of a request that is not traced. */
  RequestSpan NONE =
      new RequestSpan() {
        @Override
        public void about(String method, String requestId) {
          // nobody is told
        }

        @Override
        public void of(TenantId tenant) {
          // nobody is told
        }

        @Override
        public void answered(int status) {
          // nobody is told
        }

        @Override
        public void close() {
          // nothing was begun
        }
      };

  /** What is known as soon as it arrives. */
  void about(String method, String requestId);

  /** Whose request it is. */
  void of(TenantId tenant);

  /** How it was answered; 5xx is a failure of the server. */
  void answered(int status);

  @Override
  void close();
}
