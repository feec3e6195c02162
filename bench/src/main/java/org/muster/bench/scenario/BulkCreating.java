package org.muster.bench.scenario;

import org.muster.bench.data.Bodies;
import org.muster.bench.data.People;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;

/** Bulk requests that create people, all of whom must be created. */
final class BulkCreating implements Source {
  private final Target target;
  private final People people;
  private int next;
  private long created;

  BulkCreating(Target target, People people) {
    this.target = target;
    this.people = people;
  }

  @Override
  public Request next(int connection) {
    int first = next;
    next += Bodies.TOGETHER;
    return target.post(Bodies.BULK, Bodies.bulk(people, first));
  }

  @Override
  public boolean good(int connection, Answer answer) {
    boolean good = answer.status() == 200 && !answer.body().contains("\"response\"");
    created += good ? Bodies.TOGETHER : 0;
    return good;
  }

  long created() {
    return created;
  }
}
