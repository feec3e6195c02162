package org.muster.bench.load;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.muster.bench.data.Bodies;
import org.muster.bench.data.People;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;

/** Creates a user, or finds the one that an interrupted load created. */
final class UserTask implements Task {
  private final Target target;
  private final People people;
  private final int index;
  private final Ledger ledger;
  private boolean exists;
  private boolean done;

  UserTask(Target target, People people, int index, Ledger ledger) {
    this.target = target;
    this.people = people;
    this.index = index;
    this.ledger = ledger;
  }

  @Override
  public @Nullable Request next() {
    if (done) {
      return null;
    }
    return exists
        ? Found.request(target, Bodies.USERS, "userName", people.userName(index))
        : target.post(Bodies.USERS, people.json(index));
  }

  @Override
  public boolean answered(Answer answer) {
    if (answer.status() == 409 && !exists) {
      exists = true;
      return true;
    }
    Optional<String> id = exists ? Found.id(answer) : Found.created(answer);
    id.ifPresent(found -> ledger.add(people.userName(index), found));
    done = id.isPresent();
    return done;
  }

  @Override
  public long progress() {
    return done ? 1 : 0;
  }
}
