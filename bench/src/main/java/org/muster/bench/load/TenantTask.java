package org.muster.bench.load;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.muster.bench.data.Bodies;
import org.muster.bench.data.People;
import org.muster.bench.http.Answer;
import org.muster.bench.http.Field;
import org.muster.bench.http.Request;
import org.muster.bench.http.Target;

/** Gives a new tenant a token and, in one bulk request, its users. */
final class TenantTask implements Task {
  private static final Field TOKEN = new Field("token");
  private static final Field LOCATION = new Field("location");

  private final Target administrator;
  private final String tenant;
  private final People people;
  private final int count;
  private final Consumer<Tenant> filled;
  private @Nullable Target target;
  private boolean done;

  TenantTask(
      Target administrator, String tenant, People people, int count, Consumer<Tenant> filled) {
    this.administrator = administrator;
    this.tenant = tenant;
    this.people = people;
    this.count = count;
    this.filled = filled;
  }

  @Override
  public @Nullable Request next() {
    Target own = target;
    if (own == null) {
      return administrator.post(Bodies.TOKENS, Bodies.token(tenant));
    }
    return done ? null : own.post(Bodies.BULK, Bodies.bulk(people, 0, count));
  }

  @Override
  public boolean answered(Answer answer) {
    Target own = target;
    if (own == null) {
      target = answer.ok() ? TOKEN.text(answer.body()).map(administrator::as).orElse(null) : null;
      return target != null;
    }
    List<String> users =
        LOCATION.texts(answer.body()).stream()
            .map(location -> location.substring(location.lastIndexOf('/') + 1))
            .toList();
    done = answer.ok() && users.size() == count;
    if (done) {
      filled.accept(new Tenant(own, users));
    }
    return done;
  }

  @Override
  public long progress() {
    return done ? count : 0;
  }
}
