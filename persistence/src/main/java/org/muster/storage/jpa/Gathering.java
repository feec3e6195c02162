package org.muster.storage.jpa;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions that many threads ask at the same time together, so that a statement answers
 * several. Nobody waits for company: a question is asked at once while a lane is free; those that
 * arrive while all lanes are busy go together as soon as one is free again, each seeing what was
 * committed before it was asked. One that waits too long, since a statement before it is slow, is
 * asked alone. Where questions fail together, each is asked again alone, and the asker gets its own
 * failure. Thread-safe.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
final class Gathering<Q, A> {
  /** The most questions that are asked together. */
  private static final int MOST = 32;

  private enum State {
    WAITING,
    LEADING,
    ALONE,
    ANSWERED
  }

  /** A question, the thread that asks it, and what becomes of it. */
  private static final class Ticket<Q, A> {
    final Q question;
    final Thread asker = Thread.currentThread();
    @Nullable A answer;
    volatile State state = State.WAITING;

    Ticket(Q question) {
      this.question = question;
    }

    void become(State next) {
      state = next;
      if (asker != Thread.currentThread()) {
        LockSupport.unpark(asker);
      }
    }
  }

  private final BiPredicate<Q, Q> alike;
  private final Function<List<Q>, List<A>> answers;
  private final Deque<Ticket<Q, A>> waiting = new ArrayDeque<>();
  private final long patienceNanos;
  private int freeLanes;

  /**
   * A gathering of questions.
   *
   * @param lanes how many statements may run at once
   * @param patience how long a question waits for a lane before it is asked alone, without one
   * @param alike whether two questions can be asked together
   * @param answers asks questions that are alike; the answers stand in their order
   */
  Gathering(
      int lanes, Duration patience, BiPredicate<Q, Q> alike, Function<List<Q>, List<A>> answers) {
    this.freeLanes = lanes;
    this.patienceNanos = patience.toNanos();
    this.alike = alike;
    this.answers = answers;
  }

  /** The answer to a question; throws what asking it throws. */
  A ask(Q question) {
    Ticket<Q, A> ticket = new Ticket<>(question);
    enter(ticket);
    await(ticket);
    if (ticket.state == State.LEADING) {
      lead(ticket);
    }
    A answer = ticket.answer;
    return ticket.state == State.ANSWERED && answer != null ? answer : alone(question);
  }

  private A alone(Q question) {
    return answers.apply(List.of(question)).get(0);
  }

  private synchronized void enter(Ticket<Q, A> ticket) {
    if (freeLanes > 0) {
      freeLanes--;
      ticket.state = State.LEADING;
    } else {
      waiting.add(ticket);
    }
  }

  private void await(Ticket<Q, A> ticket) {
    boolean interrupted = false;
    long end = System.nanoTime() + patienceNanos;
    while (ticket.state == State.WAITING) {
      long left = end - System.nanoTime();
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (leaveQueue(ticket)) {
        ticket.state = State.ALONE;
      } else { // it is being asked
        LockSupport.park(this);
      }
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean leaveQueue(Ticket<Q, A> ticket) {
    return waiting.remove(ticket);
  }

  private void lead(Ticket<Q, A> leader) {
    List<Ticket<Q, A>> together = together(leader);
    try {
      List<A> found = answers.apply(together.stream().map(ticket -> ticket.question).toList());
      for (int i = 0; i < together.size(); i++) {
        together.get(i).answer = found.get(i);
      }
    } catch (RuntimeException e) {
      if (together.size() == 1) {
        throw e;
      }
    } finally {
      leave();
      for (Ticket<Q, A> ticket : together) {
        ticket.become(ticket.answer == null ? State.ALONE : State.ANSWERED);
      }
    }
  }

  private synchronized List<Ticket<Q, A>> together(Ticket<Q, A> leader) {
    List<Ticket<Q, A>> together = new ArrayList<>();
    together.add(leader);
    for (Iterator<Ticket<Q, A>> rest = waiting.iterator();
        rest.hasNext() && together.size() < MOST; ) {
      Ticket<Q, A> next = rest.next();
      if (alike.test(leader.question, next.question)) {
        together.add(next);
        rest.remove();
      }
    }
    return together;
  }

  /** Hands the lane on to whoever waits longest. */
  private synchronized void leave() {
    Ticket<Q, A> next = waiting.poll();
    if (next == null) {
      freeLanes++;
    } else {
      next.become(State.LEADING);
    }
  }
}
