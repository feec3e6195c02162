package org.muster.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.muster.bench.data.GroupPlan;
import org.muster.bench.data.People;
import org.muster.bench.http.Load;
import org.muster.bench.http.Target;

/** Puts people and groups into the server, except those that the ledger already has. */
public final class Loader {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Target target;
  private final int connections;
  private final People people;
  private final Ledger ledger;
  private final boolean terminal;
  private final boolean resumed;

  /**
   * Goes on where the ledger ends.
   *
   * @param terminal whether the progress bar may be redrawn in place
   */
  public Loader(Target target, int connections, People people, Ledger ledger, boolean terminal) {
    this.target = target;
    this.connections = connections;
    this.people = people;
    this.ledger = ledger;
    this.terminal = terminal;
    this.resumed = !ledger.isEmpty();
  }

  /** Loads all people below {@code count}. */
  public void users(int count) throws IOException {
    int[] missing =
        IntStream.range(0, count).filter(i -> ledger.id(people.userName(i)) == null).toArray();
    Iterator<UserTask> tasks =
        IntStream.of(missing)
            .mapToObj(index -> new UserTask(target, people, index, ledger))
            .iterator();
    run("users", tasks, count, count - (long) missing.length);
  }

  /** Loads groups; their people must be there. */
  public void groups(String what, List<GroupPlan> plans) throws IOException {
    List<GroupPlan> missing =
        plans.stream().filter(plan -> ledger.id(plan.displayName()) == null).toList();
    Iterator<GroupTask> tasks =
        missing.stream()
            .map(plan -> new GroupTask(target, people, plan, ledger, resumed))
            .iterator();
    run(what, tasks, members(plans), members(plans) - members(missing));
  }

  /** Gives new tenants {@code each} users, and a token to each tenant. */
  public List<Tenant> tenants(List<String> ids, int each) throws IOException {
    List<Tenant> filled = new ArrayList<>();
    Iterator<TenantTask> tasks =
        ids.stream()
            .map(id -> new TenantTask(target, id, people.labelled(id), each, filled::add))
            .iterator();
    run("users of tenants", tasks, (long) ids.size() * each, 0);
    return filled;
  }

  private void run(String what, Iterator<? extends Task> tasks, long total, long already)
      throws IOException {
    if (already < total) {
      Progress progress = new Progress(System.err, terminal, what, total, already);
      try (Load load = new Load(target, connections, PATIENCE)) {
        load.run(new TaskQueue(tasks, progress));
      } finally {
        ledger.flush();
      }
      progress.finish();
    }
  }

  private static long members(List<GroupPlan> plans) {
    return plans.stream().mapToLong(GroupPlan::size).sum();
  }
}
