package org.muster.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.muster.bench.data.Bodies;
import org.muster.bench.http.Request;
import org.muster.bench.load.Loader;
import org.muster.bench.load.Tenant;
import org.muster.bench.measure.CpuClock;
import org.muster.bench.measure.Figures;

/** What many tenants cost: made, filled with a few users each, and read in no order. */
public final class Tenancy {
  /** How many users each tenant has. */
  public static final int USERS = 100;

  private final Server server;
  private final Loader loader;
  private final String prefix = "b" + Long.toString(System.currentTimeMillis(), 36) + "-";
  private final SplittableRandom random;
  private final List<String> empty = new ArrayList<>();
  private final List<Tenant> tenants = new ArrayList<>();
  private int made;

  public Tenancy(Server server, Loader loader, long seed) {
    this.server = server;
    this.loader = loader;
    this.random = new SplittableRandom(seed);
  }

  /** Makes new tenants, one after the other; they stay. */
  public Figures create(String name, int count) throws IOException {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = prefix + String.format(Locale.ROOT, "%05d", made++);
      requests.add(server.target().post(Bodies.TENANTS, Bodies.tenant(id)));
      empty.add(id);
    }
    Creations creations = new Creations(requests.iterator());
    CpuClock.Reading before = server.clock().read();
    server.run(creations, 1);
    CpuClock.Spent spent = before.until(server.clock().read());
    return Server.told(creations.figures(name, spent), creations.complaints());
  }

  /** Gives the tenants that have none their users. */
  public void fill() throws IOException {
    tenants.addAll(loader.tenants(empty, USERS));
    empty.clear();
  }

  /** Any user of any tenant, by id, with a token of the tenant. */
  public Figures get(String name) throws IOException {
    return server.measure(
        name,
        new Reading(
            connection -> {
              Tenant tenant = tenants.get(random.nextInt(tenants.size()));
              String user = tenant.users().get(random.nextInt(USERS));
              return tenant.target().get(Bodies.USERS + "/" + user);
            },
            body -> body.contains("employeeNumber")));
  }
}
