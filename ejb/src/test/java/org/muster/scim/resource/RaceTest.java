package org.muster.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.muster.scim.resource.Directory.ALWAYS;
import static org.muster.scim.resource.Directory.add;
import static org.muster.scim.resource.Directory.groupBody;
import static org.muster.scim.resource.Directory.texts;
import static org.muster.scim.resource.Directory.userBody;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.Precondition;
import org.muster.scim.ScimException;
import org.muster.storage.Applied;
import org.muster.storage.Batch;
import org.muster.storage.Change;
import org.muster.storage.FaultyStorage;
import org.muster.storage.ForwardingStorage;
import org.muster.storage.StorageKey;
import org.muster.storage.Stored;
import org.muster.storage.memory.MemoryStorage;

/** Writers that meet. */
@Timeout(60)
class RaceTest {
  private static final int THREADS = 16;

  private final Directory directory = new Directory();

  @Test
  void oneOfManyGetsTheName() throws Exception {
    List<Optional<ScimException>> ends = race(i -> () -> directory.user("ann"));
    assertThat(ends.stream().filter(Optional::isEmpty)).hasSize(1);
    assertThat(ends.stream().flatMap(Optional::stream))
        .allSatisfy(e -> assertThat(e.status()).isEqualTo(409));
    assertThat(directory.list(directory.users, "", 1, 9).path("totalResults").intValue()).isOne();
  }

  @Test
  void oneOfManyWithTheSameTagWins() throws Exception {
    Representation made = directory.post(directory.users, userBody("ann"));
    Condition tag = Directory.tag(made.etag());
    List<Optional<ScimException>> ends =
        race(
            i ->
                () ->
                    directory.put(
                        directory.users, made.id(), tag, userBody("ann", "'title':'" + i + "'")));
    assertThat(ends.stream().filter(Optional::isEmpty)).hasSize(1);
    assertThat(ends.stream().flatMap(Optional::stream))
        .allSatisfy(e -> assertThat(e.status()).isEqualTo(412));
  }

  @Test
  void membersAddedAtTheSameTimeAreAllThere() throws Exception {
    List<String> users =
        IntStream.range(0, THREADS).mapToObj(i -> directory.user("u" + i)).toList();
    String group = directory.group("g");
    List<Optional<ScimException>> ends =
        race(i -> () -> directory.patch(directory.groups, group, add(users.get(i))));
    assertThat(ends).allMatch(Optional::isEmpty);
    assertThat(texts(directory.get(directory.groups, group).path("members"), "value"))
        .containsExactlyInAnyOrderElementsOf(users);
  }

  @Test
  void noChangeWithoutATagIsLost() throws Exception {
    String ann = directory.user("ann");
    List<Optional<ScimException>> ends =
        race(
            i ->
                () ->
                    directory.patch(
                        directory.users,
                        ann,
                        "{'op':'add','path':'emails','value':[{'value':'e%d@example.com'}]}"
                            .formatted(i)));
    long done = ends.stream().filter(Optional::isEmpty).count();
    assertThat(ends.stream().flatMap(Optional::stream))
        .allSatisfy(e -> assertThat(e.status()).isEqualTo(503));
    assertThat(directory.get(directory.users, ann).path("emails")).hasSize((int) done);
    assertThat(done).isPositive();
  }

  @Test
  void aWriteIsRepeatedFiveTimesAndThenGivenUp() {
    AtomicInteger writes = new AtomicInteger();
    Meddler storage = new Meddler(writes);
    Directory unlucky = new Directory(storage);
    String ann = unlucky.user("ann");
    storage.victim = new StorageKey(unlucky.tenant, "User", ann);
    writes.set(0);
    assertThatThrownBy(
            () -> unlucky.put(unlucky.users, ann, ALWAYS, userBody("ann", "'title':'Dr'")))
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(503));
    assertThat(writes).hasValue(1 + Attempts.MAX_REPEATS);
  }

  @Test
  void aMemberThatVanishesMeanwhileIsRefused() {
    Directory plain = new Directory();
    String ann = plain.user("ann");
    Directory unlucky =
        new Directory(
            new ForwardingStorage(plain.storage) {
              @Override
              public Applied apply(Batch batch) {
                plain.storage.apply(
                    Batch.delete(
                        new StorageKey(plain.tenant, "User", ann),
                        "another",
                        new Precondition.Any()));
                return super.apply(batch);
              }
            });
    assertThatThrownBy(() -> unlucky.post(unlucky.groups, groupBody("g", ann)))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.type()).contains(ScimException.Type.INVALID_VALUE));
  }

  @Test
  void whatFaultsLeaveIsWholeOrAbsent() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    FaultyStorage faulty =
        new FaultyStorage(directory.storage, seed, FaultyStorage.Faults.NONE.before(15).after(15));
    Directory unlucky = new Directory(faulty);
    String ann = directory.user("ann");
    int failed = 0;
    for (int i = 0; i < 200; i++) {
      try {
        String group = unlucky.group("g" + i, ann);
        unlucky.resources.delete(unlucky.context(), unlucky.groups, group, ALWAYS);
      } catch (ScimException e) {
        assertThat(e.status()).isEqualTo(503);
        failed++;
      }
    }
    assertThat(failed).isBetween(1, 199);
    for (var group : directory.list(directory.groups, "", 1, 1_000).path("Resources")) {
      assertThat(texts(group.path("members"), "value")).containsExactly(ann);
    }
  }

  private static List<Optional<ScimException>> race(IntFunction<Callable<?>> racer)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<Optional<ScimException>>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Callable<?> call = racer.apply(i);
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    call.call();
                    return Optional.empty();
                  } catch (ScimException e) {
                    return Optional.of(e);
                  }
                }));
      }
      List<Optional<ScimException>> results = new ArrayList<>();
      for (Future<Optional<ScimException>> end : ends) {
        results.add(end.get(30, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Changes a document just before anybody else's write of it. */
  private static final class Meddler extends ForwardingStorage {
    private final AtomicInteger writes;
    @org.jspecify.annotations.Nullable StorageKey victim;

    Meddler(AtomicInteger writes) {
      super(new MemoryStorage(Clock.systemUTC()));
      this.writes = writes;
    }

    @Override
    public Applied apply(Batch batch) {
      writes.incrementAndGet();
      if (victim != null) {
        Stored stored = get(victim, List.of()).orElseThrow();
        super.apply(
            Batch.put(
                new Change.Put(
                    victim, stored.document(), new java.util.TreeMap<>(), stored.label()),
                new Precondition.Any()));
      }
      return super.apply(batch);
    }
  }
}
