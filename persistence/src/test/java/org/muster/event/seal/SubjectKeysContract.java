package org.muster.event.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.muster.kernel.TenantId;
import org.muster.storage.StorageException;
import org.muster.storage.StorageKey;

/**
 * What every keeper of keys must do. A test of one extends this and supplies it; each write may run
 * in a transaction of its own.
 */
@Timeout(120)
public abstract class SubjectKeysContract {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);
  protected final TenantId tenant =
      new TenantId("k" + UUID.randomUUID().toString().replace("-", ""));

  /** The keeper under test. */
  protected abstract SubjectKeys keys();

  @Test
  void keyIsMadeOnceAndKept() {
    assertThat(keys().find(Set.of(user("a")))).isEmpty();
    byte[] made = secret(keys().obtain(Set.of(user("a"))), user("a"));
    assertThat(made).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(secret(keys().obtain(Set.of(user("a"))), user("a"))).isEqualTo(made);
    assertThat(secret(keys().find(Set.of(user("a"))), user("a"))).isEqualTo(made);
  }

  @Test
  void nothingIsMadeOfNothing() {
    assertThat(keys().obtain(Set.of())).isEmpty();
    assertThat(keys().find(Set.of())).isEmpty();
  }

  @Test
  void subjectsHaveKeysOfTheirOwn() {
    Set<StorageKey> subjects =
        Set.of(
            user("a"),
            new StorageKey(tenant, "User", "A"),
            new StorageKey(tenant, "Group", "a"),
            new StorageKey(new TenantId(tenant.value() + "x"), "User", "a"),
            new StorageKey(tenant, "User", "a/b ü 😀 \uffee \u007f"));
    Map<StorageKey, SubjectKey> obtained = keys().obtain(subjects);
    assertThat(obtained.keySet()).isEqualTo(subjects);
    assertThat(texts(obtained).values()).doesNotHaveDuplicates();
    assertThat(texts(keys().find(subjects))).isEqualTo(texts(obtained));
  }

  @Test
  void manyAreObtainedAtOnceWhetherTheyAreThereOrNot() {
    Set<StorageKey> some = users(0, 800);
    Set<StorageKey> all = users(0, 2_500);
    Map<StorageKey, String> before = texts(keys().obtain(some));
    keys().destroy(user("u7"), TIME, "admin");
    Map<StorageKey, SubjectKey> obtained = keys().obtain(all);
    assertThat(obtained.keySet()).isEqualTo(all);
    assertThat(obtained.get(user("u7"))).isEqualTo(new SubjectKey.Destroyed(TIME, "admin"));
    obtained.remove(user("u7"));
    before.remove(user("u7"));
    assertThat(texts(obtained)).containsAllEntriesOf(before);
    assertThat(new HashSet<>(texts(obtained).values())).hasSize(2_499);
    assertThat(keys().find(users(0, 3_000))).hasSize(2_500);
  }

  @Test
  void newKeysAreKeptNowhere() {
    Map<StorageKey, SubjectKeys.Made> made = keys().make(Set.of(user("a"), user("b")));
    assertThat(made.keySet()).isIn(Set.of(), Set.of(user("a"), user("b")));
    made.values().forEach(key -> assertThat(key.secret()).hasSize(32));
    assertThat(keys().find(Set.of(user("a"), user("b")))).isEmpty();
  }

  @Test
  void destroyedKeyIsGoneForGood() {
    keys().obtain(Set.of(user("a"), user("b")));
    byte[] other = secret(keys().find(Set.of(user("b"))), user("b"));
    String actor = "actor ü 😀 \uffee";
    assertThat(keys().destroy(user("a"), TIME, actor)).isTrue();
    SubjectKey destroyed = new SubjectKey.Destroyed(TIME, actor);
    assertThat(keys().find(Set.of(user("a")))).containsExactly(Map.entry(user("a"), destroyed));
    assertThat(keys().obtain(Set.of(user("a")))).containsExactly(Map.entry(user("a"), destroyed));
    assertThat(keys().obtain(Set.of(user("a"), user("b")))).containsEntry(user("a"), destroyed);
    assertThat(secret(keys().find(Set.of(user("b"))), user("b"))).isEqualTo(other);
  }

  @Test
  void keyIsDestroyedOnceAndThatStaysAsItIsTold() {
    keys().obtain(Set.of(user("a")));
    assertThat(keys().destroy(user("a"), TIME, "first")).isTrue();
    assertThat(keys().destroy(user("a"), TIME.plusSeconds(5), "second")).isFalse();
    assertThat(keys().find(Set.of(user("a"))))
        .containsEntry(user("a"), new SubjectKey.Destroyed(TIME, "first"));
  }

  @Test
  void subjectWithoutKeyGetsNoneAfterItWasDestroyed() {
    assertThat(keys().destroy(user("a"), TIME, "admin")).isTrue();
    assertThat(keys().destroy(user("a"), TIME, "admin")).isFalse();
    assertThat(keys().obtain(Set.of(user("a"))).get(user("a")))
        .isEqualTo(new SubjectKey.Destroyed(TIME, "admin"));
  }

  @Test
  void writersOfTheSameSubjectsGetTheSameKeys() throws Exception {
    for (int round = 0; round < 10; round++) {
      Set<StorageKey> subjects = users(100 * round, 100 * round + 20);
      List<Callable<Map<StorageKey, String>>> writers = new ArrayList<>();
      for (int writer = 0; writer < 6; writer++) {
        StorageKey one = user("u" + (100 * round + writer % 3));
        writers.add(
            writer < 3
                ? () -> texts(obtainAtLast(subjects))
                : () -> texts(obtainAtLast(Set.of(one))));
      }
      Map<StorageKey, String> all = new HashMap<>();
      for (Map<StorageKey, String> obtained : atOnce(writers)) {
        obtained.forEach(
            (subject, secret) ->
                assertThat(all.merge(subject, secret, (known, other) -> known)).isEqualTo(secret));
      }
      assertThat(texts(keys().find(subjects))).isEqualTo(all);
    }
  }

  /** Two that hold what the other one wants are told of a conflict, as in every batch. */
  private Map<StorageKey, SubjectKey> obtainAtLast(Set<StorageKey> subjects) {
    for (int attempt = 1; ; attempt++) {
      try {
        return keys().obtain(subjects);
      } catch (StorageException.Conflict e) {
        assertThat(attempt).isLessThan(10);
      }
    }
  }

  @Test
  void erasedTenantLeavesNothingAndOthersStay() {
    StorageKey foreign = new StorageKey(new TenantId(tenant.value() + "x"), "User", "a");
    keys().obtain(users(0, 50));
    keys().obtain(Set.of(foreign));
    keys().destroy(user("u1"), TIME, "admin");
    int steps = 0;
    while (keys().erase(tenant, 20) > 0) {
      assertThat(++steps).isLessThan(50);
    }
    assertThat(keys().find(users(0, 50))).isEmpty();
    assertThat(keys().find(Set.of(foreign))).hasSize(1);
  }

  protected final StorageKey user(String id) {
    return new StorageKey(tenant, "User", id);
  }

  private Set<StorageKey> users(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> user("u" + i)).collect(Collectors.toSet());
  }

  protected static byte[] secret(Map<StorageKey, SubjectKey> keys, StorageKey subject) {
    if (keys.get(subject) instanceof SubjectKey.Kept kept) {
      return kept.secret();
    }
    throw new AssertionError("No key but " + keys.get(subject));
  }

  private static Map<StorageKey, String> texts(Map<StorageKey, SubjectKey> keys) {
    Map<StorageKey, String> texts = new HashMap<>();
    keys.forEach((subject, key) -> texts.put(subject, Arrays.toString(secret(keys, subject))));
    return texts;
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
