package org.muster.bench.load;

import java.util.List;
import org.muster.bench.http.Target;

/**
 * A tenant that was filled.
 *
 * @param target the server, with a token of the tenant
 * @param users the ids of its users
 */
public record Tenant(Target target, List<String> users) {
  public Tenant {
    users = List.copyOf(users);
  }
}
