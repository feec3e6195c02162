package org.muster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.muster.kernel.Precondition;
import org.muster.kernel.Version;
import org.muster.storage.LinkSelector.Direction;

/** Races: whoever wins, the outcome is one that some order of the batches gives. */
abstract class ConcurrencyContract extends StorageContract {

  @Test
  void oneOfSixteenGetsTheValue() {
    for (int round = 0; round < 5; round++) {
      String value = "round " + round;
      List<Race.Outcome> outcomes =
          Race.run(
              16,
              i ->
                  () -> {
                    StorageKey key = user(value + " " + i);
                    return storage.apply(
                        Batch.builder(tenant)
                            .add(People.put(key, "{}"))
                            .add(new Change.Claim(key, "userName", value))
                            .expect(key, ABSENT)
                            .build());
                  });
      assertThat(outcomes).filteredOn(Race.Outcome::succeeded).hasSize(1);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.succeeded())
          .allMatch(
              outcome ->
                  outcome.failedWith(StorageException.NotUnique.class)
                      || outcome.failedWith(StorageException.Conflict.class));
      assertThat(matching(People.compare(Path.ID, Expression.Operator.STARTS_WITH, value)))
          .hasSize(1);
    }
  }

  @Test
  void oneOfSixteenCreatesTheDocument() {
    for (int round = 0; round < 5; round++) {
      StorageKey key = user("round " + round);
      List<Race.Outcome> outcomes =
          Race.run(
              16,
              i ->
                  () -> {
                    storage.apply(Batch.put(People.put(key, "{'age':" + i + "}"), ABSENT));
                    return i;
                  });
      assertOneWinner(outcomes);
      Object winner =
          outcomes.stream().filter(Race.Outcome::succeeded).findFirst().orElseThrow().value();
      assertThat(read(key).document()).isEqualTo(People.document("{'age':" + winner + "}"));
    }
  }

  @Test
  void compareAndSetLosesNoUpdate() {
    StorageKey key = user("counter");
    put(key, "{'age':0}");
    AtomicInteger successes = new AtomicInteger();
    List<Race.Outcome> outcomes =
        Race.run(
            32,
            i ->
                () -> {
                  for (int attempt = 0; attempt < 5; attempt++) {
                    Stored before = read(key);
                    int age = before.document().tree().path("age").asInt();
                    try {
                      storage.apply(
                          Batch.put(
                              People.put(key, "{'age':" + (age + 1) + "}"),
                              new Precondition.At(before.version())));
                      successes.incrementAndGet();
                    } catch (StorageException.Conflict lost) {
                      // another one was faster
                    }
                  }
                  return "done";
                });
    assertThat(outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(successes.get()).isPositive();
    assertThat(read(key).document().tree().path("age").asInt()).isEqualTo(successes.get());
  }

  @Test
  void oneOfThirtyTwoWritersAtTheSameVersionWins() {
    StorageKey key = user("1");
    for (int round = 0; round < 3; round++) {
      Precondition at = new Precondition.At(put(key, "{}").version());
      assertOneWinner(
          Race.run(
              32, i -> () -> storage.apply(Batch.put(People.put(key, "{'age':" + i + "}"), at))));
    }
  }

  @Test
  void linkAddsToOneDocumentDoNotDisturbEachOther() {
    putAll(group("g"));
    int each = 10;
    Batch.Builder users = Batch.builder(tenant);
    for (int i = 0; i < 16 * each; i++) {
      users.add(People.put(user("u" + i), "{}"));
    }
    storage.apply(users.build());
    List<Race.Outcome> outcomes =
        Race.run(
            16,
            i ->
                () -> {
                  for (int n = 0; n < each; n++) {
                    storage.apply(
                        Batch.builder(tenant)
                            .add(
                                new Change.AddLinks(
                                    group("g"), MEMBERS, List.of(user("u" + (i * each + n)))))
                            .expect(group("g"), PRESENT)
                            .build());
                  }
                  return "done";
                });
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly("done");
    assertThat(members("g")).hasSize(16 * each);
  }

  @Test
  void sameLinkAddedByManyIsThereOnce() {
    putAll(group("g"), user("ann"));
    List<Race.Outcome> outcomes =
        Race.run(
            16,
            i ->
                () ->
                    storage
                        .apply(
                            Batch.builder(tenant)
                                .add(new Change.AddLinks(group("g"), MEMBERS, List.of(user("ann"))))
                                .expect(group("g"), PRESENT)
                                .build())
                        .of(group("g"))
                        .isPresent());
    assertThat(outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(outcomes).filteredOn(outcome -> outcome.value().equals(true)).hasSize(1);
    assertThat(members("g")).containsExactly(user("ann"));
  }

  @Test
  void linkToADocumentThatIsBeingDeletedIsNoOrphan() {
    for (int round = 0; round < 20; round++) {
      StorageKey target = user("u" + round);
      putAll(group("g"), target);
      List<Race.Outcome> outcomes =
          Race.run(
              4,
              i ->
                  i == 0
                      ? () -> storage.apply(Batch.delete(target, "tester", ANY))
                      : () ->
                          apply(
                              new Change.AddLinks(group("g"), MEMBERS, List.of(target)),
                              new Change.Claim(target, "userName", "c" + i)));
      assertThat(outcomes.get(0).succeeded()).as("delete: %s", outcomes.get(0)).isTrue();
      assertThat(outcomes.subList(1, 4))
          .allMatch(
              outcome ->
                  outcome.succeeded() || outcome.failedWith(StorageException.Conflict.class));
      assertThat(storage.existing(Set.of(target))).isEmpty();
      assertThat(members("g")).isEmpty();
    }
  }

  @Test
  void linkFromADocumentThatIsBeingDeletedIsNoOrphan() {
    putAll(user("ann"));
    for (int round = 0; round < 20; round++) {
      StorageKey source = group("g" + round);
      putAll(source);
      List<Race.Outcome> outcomes =
          Race.run(
              4,
              i ->
                  i == 0
                      ? () -> storage.apply(Batch.delete(source, "tester", ANY))
                      : () -> link(source, user("ann")));
      assertThat(outcomes.get(0).succeeded()).as("delete: %s", outcomes.get(0)).isTrue();
      assertThat(outcomes.subList(1, 4))
          .allMatch(
              outcome ->
                  outcome.succeeded() || outcome.failedWith(StorageException.Conflict.class));
    }
    assertThat(
            storage.links(
                new LinkQuery(List.of(user("ann")), MEMBERS, Direction.IN, Optional.empty(), 100)))
        .isEmpty();
  }

  @Test
  void batchesThatTouchTheSameKeysInOppositeOrderBothEnd() {
    putAll(user("a"), user("b"));
    List<Race.Outcome> outcomes =
        Race.run(
            8,
            i ->
                () -> {
                  for (int n = 0; n < 10; n++) {
                    List<StorageKey> keys = new ArrayList<>(List.of(user("a"), user("b")));
                    if (i % 2 == 0) {
                      java.util.Collections.reverse(keys);
                    }
                    String json = "{'age':" + (i * 100 + n) + "}";
                    apply(People.put(keys.get(0), json), People.put(keys.get(1), json));
                  }
                  return "done";
                });
    assertThat(outcomes)
        .allMatch(
            outcome -> outcome.succeeded() || outcome.failedWith(StorageException.Conflict.class));
    assertThat(outcomes).anyMatch(Race.Outcome::succeeded);
    assertThat(read(user("a")).document()).isEqualTo(read(user("b")).document());
  }

  @Test
  void readersSeeWholeBatches() {
    putAll(user("a"), user("b"));
    AtomicInteger torn = new AtomicInteger();
    List<Race.Outcome> outcomes =
        Race.run(
            4,
            i ->
                () -> {
                  for (int n = 0; n < 50; n++) {
                    if (i == 0) {
                      String json = "{'age':" + n + "}";
                      apply(People.put(user("a"), json), People.put(user("b"), json));
                    } else {
                      List<Stored> both =
                          storage
                              .query(
                                  query("User", new Expression.All(), Query.Order.BY_ID, first(10)))
                              .items();
                      if (!both.get(0)
                          .document()
                          .tree()
                          .path("age")
                          .equals(both.get(1).document().tree().path("age"))) {
                        torn.incrementAndGet();
                      }
                    }
                  }
                  return "done";
                });
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly("done");
    assertThat(torn).hasValue(0);
  }

  @Test
  void readersSeeWhatWasAcknowledgedBefore() {
    StorageKey key = user("1");
    put(key, "{'age':0}");
    AtomicInteger written = new AtomicInteger();
    AtomicInteger old = new AtomicInteger();
    int writes = 300;
    List<Race.Outcome> outcomes =
        Race.run(
            4,
            i ->
                () -> {
                  while (written.get() < writes) {
                    int least = written.get();
                    if (i == 0) {
                      apply(People.put(key, "{'age':" + (least + 1) + "}"));
                      written.incrementAndGet();
                    } else if (read(key).document().tree().path("age").asInt() < least) {
                      old.incrementAndGet();
                    }
                  }
                  return "done";
                });
    assertThat(outcomes).extracting(Race.Outcome::value).containsOnly("done");
    assertThat(old).hasValue(0);
  }

  private List<StorageKey> members(String group) {
    return storage
        .links(
            new LinkQuery(List.of(group(group)), MEMBERS, Direction.OUT, Optional.empty(), 1_000))
        .stream()
        .map(Linked::other)
        .toList();
  }

  private static void assertOneWinner(List<Race.Outcome> outcomes) {
    assertThat(outcomes).filteredOn(Race.Outcome::succeeded).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.succeeded())
        .allMatch(outcome -> outcome.failedWith(StorageException.Conflict.class));
  }

  @Test
  void whoeverTookTheMemberOutAloneRaisesTheVersion() {
    for (int round = 0; round < 40; round++) {
      StorageKey member = user("m" + round);
      StorageKey source = group("of" + round);
      putAll(member, source);
      link(source, member);
      List<Race.Outcome> outcomes =
          Race.run(
              2,
              i ->
                  i == 0
                      ? () -> storage.apply(Batch.delete(member, "tester", ANY))
                      : () ->
                          storage.apply(
                              Batch.builder(tenant)
                                  .add(new Change.RemoveLinks(source, MEMBERS, List.of(member)))
                                  .build()));
      List<Version> told =
          outcomes.stream()
              .filter(Race.Outcome::succeeded)
              .map(outcome -> (Applied) outcome.value())
              .filter(
                  applied ->
                      applied.effects().stream().anyMatch(effect -> effect.key().equals(source)))
              .map(applied -> applied.moment().orElseThrow().version())
              .toList();
      assertThat(told)
          .as("round %d: %s", round, outcomes)
          .containsExactly(storage.get(source, List.of()).orElseThrow().version());
    }
  }
}
