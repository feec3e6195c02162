package org.muster.bench.load;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.muster.bench.data.Bodies;
import org.muster.bench.data.GroupPlan;
import org.muster.bench.data.People;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;

/**
 * Finds or creates a group and adds its members, a thousand a request. Members that an interrupted
 * load added are added again, which changes nothing; the ledger has the group once it is full.
 */
final class GroupTask implements Task {
  static final int CHUNK = 1000;

  private final Target target;
  private final People people;
  private final GroupPlan plan;
  private final Ledger ledger;
  private final String sought;
  private boolean looked;
  private @Nullable String id;
  private int added;
  private int lastAdded;

  GroupTask(Target target, People people, GroupPlan plan, Ledger ledger, boolean look) {
    this.target = target;
    this.people = people;
    this.plan = plan;
    this.ledger = ledger;
    this.looked = !look;
    this.sought = plan.displayName();
  }

  @Override
  public @Nullable Request next() {
    if (!looked) {
      return Found.request(target, Bodies.GROUPS, "displayName", sought);
    }
    if (id == null) {
      return target.post(Bodies.GROUPS, plan.json());
    }
    return added == plan.size() ? null : target.patch(Bodies.GROUPS + "/" + id, members());
  }

  private String members() {
    List<String> chunk =
        IntStream.range(added, Math.min(plan.size(), added + CHUNK))
            .map(plan.memberAt())
            .mapToObj(person -> ledger.mustHave(people.userName(person)))
            .toList();
    return Bodies.addMembers(chunk);
  }

  @Override
  public boolean answered(Answer answer) {
    lastAdded = 0;
    if (!looked) {
      looked = answer.ok();
      id = Found.id(answer).orElse(null);
      return answer.ok();
    }
    if (id == null) {
      Optional<String> created = Found.created(answer);
      id = created.orElse(null);
      return created.isPresent();
    }
    if (answer.ok()) {
      lastAdded = Math.min(CHUNK, plan.size() - added);
      added += lastAdded;
      if (added == plan.size()) {
        ledger.add(plan.displayName(), id);
      }
    }
    return answer.ok();
  }

  @Override
  public long progress() {
    return lastAdded;
  }
}
