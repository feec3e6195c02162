package org.muster.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.muster.event.Event;
import org.muster.receiver.Kind;
import org.muster.receiver.Receiver;

/** A transport that answers as it is told to, and remembers what it was given. */
final class ProgrammedTransport implements Transport {
  /** Every attempt, by receiver. */
  final Map<String, List<String>> tried = new ConcurrentHashMap<>();

  /** What was delivered, by receiver. */
  final Map<String, List<Event>> delivered = new ConcurrentHashMap<>();

  /** What becomes of an event. */
  volatile Function<Event, CompletionStage<Outcome>> answers =
      event -> CompletableFuture.completedFuture(new Outcome.Delivered());

  static String name(Event event) {
    return event.stream().id() + "-" + event.number();
  }

  void answer(Predicate<Event> which, Outcome outcome) {
    answers =
        event ->
            CompletableFuture.completedFuture(
                which.test(event) ? outcome : new Outcome.Delivered());
  }

  List<String> delivered(Receiver receiver) {
    List<Event> events = delivered.getOrDefault(receiver.id().id(), List.of());
    synchronized (this) {
      return events.stream().map(ProgrammedTransport::name).toList();
    }
  }

  List<String> tried(Receiver receiver) {
    List<String> events = tried.getOrDefault(receiver.id().id(), List.of());
    synchronized (this) {
      return List.copyOf(events);
    }
  }

  @Override
  public Kind kind() {
    return Kind.WEBHOOK;
  }

  @Override
  public void check(Receiver receiver) {
    // takes all
  }

  @Override
  public CompletionStage<Outcome> send(Receiver receiver, Event event) {
    String id = receiver.id().id();
    add(tried, id, name(event));
    return answers
        .apply(event)
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Delivered) {
                add(delivered, id, event);
              }
              return outcome;
            });
  }

  private synchronized <T> void add(Map<String, List<T>> map, String id, T value) {
    map.computeIfAbsent(id, key -> new ArrayList<>()).add(value);
  }

  @Override
  public CompletionStage<Outcome> ping(Receiver receiver) {
    return CompletableFuture.completedFuture(new Outcome.Delivered());
  }
}
