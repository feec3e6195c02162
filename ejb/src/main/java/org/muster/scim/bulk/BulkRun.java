package org.muster.scim.bulk;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.muster.scim.ScimException;
import org.muster.scim.resource.Attempts;
import org.muster.scim.resource.Resources;
import org.muster.scim.resource.Write;
import org.muster.scim.resource.WriteGroup;
import org.muster.scim.resource.Written;

/**
 * Does the operations of one request. Each is atomic and has the outcome that it would have if they
 * were done one after the other; those that do not meddle with each other are committed together,
 * and one by one if that fails. For one thread.
 */
final class BulkRun {
  private static final Logger LOG = System.getLogger(BulkRun.class.getName());
  private static final int TOGETHER = 100;
  private static final int BYTES_TOGETHER = 1 << 20;
  private static final int CIRCLE = 1_000;

  private final Resources resources;
  private final BulkCall call;
  private final BulkRequest request;
  private final BulkResults results;
  private final OperationWrites writes;
  private final BooleanSupplier stopping;
  private final Consumer<List<Integer>> told;
  private final BitSet failed = new BitSet();
  private final Map<Integer, String> ids = new HashMap<>(); // of operations that are referred to

  /**
   * A run that has not begun.
   *
   * @param told hears which operations are done, or have failed
   */
  BulkRun(
      Resources resources,
      BulkCall call,
      OperationWrites writes,
      BulkRequest request,
      BulkResults results,
      BooleanSupplier stopping,
      Consumer<List<Integer>> told) {
    this.resources = resources;
    this.call = call;
    this.writes = writes;
    this.request = request;
    this.results = results;
    this.stopping = stopping;
    this.told = told;
  }

  /** Operations that are going to be committed together. */
  private final class Together {
    final List<Operation> operations = new ArrayList<>();
    final BitSet numbers = new BitSet();
    WriteGroup group = resources.group(call.context());
    int bytes;

    /** Before another one is read: as trees, a few large ones could fill the heap. */
    boolean isFullFor(int operation) {
      return operations.size() == TOGETHER || bytes + request.length(operation) > BYTES_TOGETHER;
    }

    void add(Operation operation) {
      operations.add(operation.outline());
      numbers.set(operation.number());
      bytes += request.length(operation.number());
    }

    void clear() {
      operations.clear();
      numbers.clear();
      group = resources.group(call.context());
      bytes = 0;
    }

    boolean holdsWhat(int operation) {
      for (int needed : request.needs(operation)) {
        if (numbers.get(needed)) {
          return true;
        }
      }
      return false;
    }
  }

  void run() {
    Order order = Order.of(request.size(), request::needs);
    Together together = new Together();
    for (int place = 0; place < order.size() && !isOver(); place = order.end(place)) {
      if (order.isCircle(place)) {
        flush(together);
        circle(order, place);
      } else {
        offer(together, order.at(place));
      }
    }
    flush(together);
    if (stopping.getAsBoolean() && results.errors() < request.failOnErrors()) {
      breakOff();
    }
  }

  /** Has all that it has not come to fail, so that whoever waits for it is told. */
  private void breakOff() {
    ScimException failure =
        new ScimException(503, "The server was stopped before it came to this; send it again");
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < request.size(); number++) {
      if (results.has(number)) {
        continue;
      }
      Operation operation = Operation.of(number, request.operation(number));
      failed.set(number);
      results.failed(operation, writes.location(operation, this::resolve), failure);
      numbers.add(number);
      if (numbers.size() == TOGETHER) {
        told.accept(List.copyOf(numbers));
        numbers.clear();
      }
    }
    told.accept(numbers);
  }

  private boolean isOver() {
    return results.errors() >= request.failOnErrors() || stopping.getAsBoolean();
  }

  /** Joins an operation to those that are committed together, which may have to be done first. */
  private void offer(Together together, int number) {
    if (together.isFullFor(number)) {
      flush(together);
      if (isOver()) {
        return;
      }
    }
    Operation operation = Operation.of(number, request.operation(number));
    boolean create = operation.method().equals(Operation.POST);
    if (!create && together.holdsWhat(number)) {
      flush(together);
      if (isOver()) {
        return;
      }
    }
    try {
      if (!together.group.add(write(operation))) {
        flush(together);
        if (!isOver()) {
          offer(together, number); // anew, since what it refers to may have failed
        }
        return;
      }
      together.add(operation);
    } catch (RuntimeException e) {
      if (request.failOnErrors() < Integer.MAX_VALUE) {
        flush(together); // the errors before this one may be the last
        if (isOver()) {
          return;
        }
      }
      fail(operation, told(e));
    }
  }

  private void flush(Together together) {
    List<Operation> operations = List.copyOf(together.operations);
    WriteGroup group = together.group;
    if (operations.isEmpty()) {
      return;
    }
    together.clear();
    try {
      Optional<List<Written>> written = group.commit();
      if (written.isPresent()) {
        succeed(operations, written.get());
      } else {
        split(operations);
      }
    } catch (RuntimeException e) {
      fail(operations, told(e));
    }
  }

  private void split(List<Operation> operations) {
    if (operations.size() == 1) {
      alone(operations.get(0).number());
      return;
    }
    int middle = operations.size() / 2;
    again(operations.subList(0, middle));
    again(operations.subList(middle, operations.size()));
  }

  private void again(List<Operation> operations) {
    Together together = new Together();
    for (Operation operation : operations) {
      if (isOver()) {
        return;
      }
      offer(together, operation.number());
    }
    flush(together);
  }

  private void alone(int number) {
    Operation operation = Operation.of(number, request.operation(number));
    try {
      results.succeeded(operation, resources.write(call.context(), write(operation)));
      told.accept(List.of(number));
    } catch (RuntimeException e) {
      fail(operation, told(e));
    }
  }

  /** One atomic unit; if it fails, each of its operations does (RFC 7644 section 3.7.1). */
  private void circle(Order order, int place) {
    List<Operation> operations = new ArrayList<>();
    int[] culprit = {-1};
    try {
      requireBounded(order, place);
      List<Written> written = Attempts.repeat(() -> attempt(order, place, operations, culprit));
      succeed(operations, written);
    } catch (RuntimeException e) {
      ScimException failure = told(e);
      for (int at = place; at < order.end(place); at++) {
        int number = order.at(at);
        boolean own = culprit[0] < 0 || culprit[0] == number;
        fail(
            Operation.of(number, request.operation(number)),
            own
                ? failure
                : new ScimException(
                    409, "An operation that refers to this one, and this one to it, failed"));
      }
    }
  }

  private void requireBounded(Order order, int place) {
    long bytes = 0;
    for (int at = place; at < order.end(place); at++) {
      bytes += request.length(order.at(at));
    }
    int size = order.end(place) - place;
    if (size > CIRCLE || (size > 1 && bytes > BYTES_TOGETHER)) {
      throw new ScimException(
          409,
          "More than "
              + CIRCLE
              + " operations, or 1 MiB, refer to each other in a circle; break it up");
    }
  }

  private List<Written> attempt(Order order, int place, List<Operation> operations, int[] culprit) {
    operations.clear();
    WriteGroup group = resources.group(call.context());
    List<Write.Create> creates = new ArrayList<>();
    for (int at = place; at < order.end(place); at++) {
      culprit[0] = order.at(at);
      Operation operation = Operation.of(culprit[0], request.operation(culprit[0]));
      // Nobody refers to what is not created, so that all in a circle are creates.
      Write.Create create = (Write.Create) write(operation);
      group.expect(create);
      operations.add(operation.outline());
      creates.add(create);
    }
    for (int i = 0; i < creates.size(); i++) {
      culprit[0] = operations.get(i).number();
      group.add(creates.get(i));
    }
    culprit[0] = -1;
    return group.commitOrFail();
  }

  private Write write(Operation operation) {
    return writes.write(operation, () -> newId(operation.number()), this::resolve);
  }

  private String newId(int operation) {
    return request.isReferredTo(operation) ? id(operation) : Resources.newId();
  }

  /** The id of what a bulkId refers to. */
  private String resolve(String bulkId) {
    int definition = request.definition(bulkId);
    if (failed.get(definition)) {
      throw new ScimException(
          409, "The operation with the bulkId \"" + bulkId + "\", which this refers to, failed");
    }
    return id(definition);
  }

  private String id(int operation) {
    return ids.computeIfAbsent(operation, number -> Resources.newId());
  }

  private void succeed(List<Operation> operations, List<Written> written) {
    for (int i = 0; i < operations.size(); i++) {
      results.succeeded(operations.get(i), written.get(i));
    }
    told.accept(operations.stream().map(Operation::number).toList());
  }

  private void fail(List<Operation> operations, ScimException failure) {
    for (Operation operation : operations) {
      if (!isOver()) {
        fail(operation, failure);
      }
    }
  }

  private void fail(Operation operation, ScimException failure) {
    failed.set(operation.number());
    results.failed(operation, writes.location(operation, this::resolve), failure);
    told.accept(List.of(operation.number()));
  }

  private static ScimException told(RuntimeException e) {
    if (e instanceof ScimException failure) {
      return failure;
    }
    LOG.log(Level.ERROR, "An operation of a bulk request failed", e);
    return new ScimException(500, "The server failed; its log says more");
  }
}
