package org.muster.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is asked together, and what each gets. */
@Timeout(60)
class GatheringTest {
  private static final String BAD = "bad";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Queue<List<String>> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Thread> askers = new ConcurrentLinkedQueue<>();
  private final Gathering<String, String> gathering =
      new Gathering<>(1, LONG, (a, b) -> a.charAt(0) == b.charAt(0), this::answer);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private List<String> answer(List<String> questions) {
    asked.add(questions);
    if (questions.contains("first")) {
      started.countDown();
      await(go);
    }
    if (questions.contains(BAD)) {
      throw new IllegalStateException("for " + questions);
    }
    return questions.stream().map(question -> question + "!").toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks the first one, and the others while the only lane is taken by it. */
  private List<Future<String>> meanwhile(String... questions) throws Exception {
    List<Future<String>> answers = new ArrayList<>();
    answers.add(threads.submit(() -> gathering.ask("first")));
    await(started);
    for (int i = 0; i < questions.length; i++) {
      answers.add(threads.submit(asking(questions[i])));
      int number = i + 1;
      while (askers.stream()
              .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
              .count()
          < number) {
        Thread.sleep(1);
      }
    }
    go.countDown();
    return answers;
  }

  private Callable<String> asking(String question) {
    return () -> {
      askers.add(Thread.currentThread());
      return gathering.ask(question);
    };
  }

  @Test
  void loneQuestionIsAskedAtOnce() {
    assertThat(gathering.ask("x")).isEqualTo("x!");
    assertThat(gathering.ask("y")).isEqualTo("y!");
    assertThat(asked).containsExactly(List.of("x"), List.of("y"));
  }

  @Test
  void questionsThatComeMeanwhileGoTogether() throws Exception {
    List<Future<String>> answers = meanwhile("f1", "f2", "f3");
    assertThat(answers.get(0).get()).isEqualTo("first!");
    assertThat(answers.get(1).get()).isEqualTo("f1!");
    assertThat(answers.get(2).get()).isEqualTo("f2!");
    assertThat(answers.get(3).get()).isEqualTo("f3!");
    assertThat(asked).containsExactly(List.of("first"), List.of("f1", "f2", "f3"));
  }

  @Test
  void questionsThatAreNotAlikeGoApart() throws Exception {
    List<Future<String>> answers = meanwhile("a1", "b1", "a2", "b2");
    assertThat(answers.get(3).get()).isEqualTo("a2!");
    assertThat(answers.get(4).get()).isEqualTo("b2!");
    assertThat(asked).containsExactly(List.of("first"), List.of("a1", "a2"), List.of("b1", "b2"));
  }

  @Test
  void failureIsOfTheOneThatCausesIt() throws Exception {
    List<Future<String>> answers = meanwhile("b1", BAD, "b2");
    assertThat(answers.get(1).get()).isEqualTo("b1!");
    assertThat(answers.get(3).get()).isEqualTo("b2!");
    assertThatThrownBy(() -> answers.get(2).get())
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("for [bad]");
    assertThat(gathering.ask("later")).as("the lane is free again").isEqualTo("later!");
  }

  @Test
  void failureOfALoneQuestionLeavesTheLaneFree() {
    assertThatThrownBy(() -> gathering.ask(BAD)).hasMessage("for [bad]");
    assertThat(gathering.ask("later")).isEqualTo("later!");
    assertThat(asked).containsExactly(List.of(BAD), List.of("later"));
  }

  @Test
  void whoWaitsTooLongBehindASlowOneIsAskedAlone() throws Exception {
    Gathering<String, String> hurried =
        new Gathering<>(1, Duration.ofMillis(5), (a, b) -> true, this::answer);
    Future<String> slow = threads.submit(() -> hurried.ask("first"));
    await(started);
    assertThat(hurried.ask("f1")).as("while the lane is taken").isEqualTo("f1!");
    assertThat(slow.isDone()).isFalse();
    go.countDown();
    assertThat(slow.get()).isEqualTo("first!");
    assertThat(hurried.ask("later")).isEqualTo("later!");
    assertThat(asked).containsExactly(List.of("first"), List.of("f1"), List.of("later"));
  }

  @Test
  void everyAnswerBelongsToItsQuestion() throws Exception {
    Gathering<Integer, Integer> numbers =
        new Gathering<>(
            2,
            LONG,
            (a, b) -> a % 3 == b % 3,
            together -> together.stream().map(number -> 7 * number).toList());
    List<Future<Integer>> wrong = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int from = thread * 10_000;
      wrong.add(
          threads.submit(
              () -> {
                int count = 0;
                for (int i = from; i < from + 5_000; i++) {
                  count += numbers.ask(i) == 7 * i ? 0 : 1;
                }
                return count;
              }));
    }
    for (Future<Integer> count : wrong) {
      assertThat(count.get()).isZero();
    }
  }
}
