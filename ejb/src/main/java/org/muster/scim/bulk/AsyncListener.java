package org.muster.scim.bulk;

import java.util.List;
import org.muster.kernel.Origin;
import org.muster.kernel.TenantId;

/** Hears what came of operations of asynchronous requests (RFC 9967 section 2.5.1). */
@FunctionalInterface
public interface AsyncListener {
  /**
   * Takes results when they are committed.
   *
   * @param request the transaction of the request that they are of
   */
  void done(TenantId tenant, Origin origin, String request, List<AsyncResult> results);
}
