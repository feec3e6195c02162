package org.muster.scim.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static List<List<Integer>> units(int size, Map<Integer, int[]> needs) {
    Order order = Order.of(size, i -> needs.getOrDefault(i, new int[0]));
    List<List<Integer>> units = new ArrayList<>();
    for (int place = 0; place < order.size(); place = order.end(place)) {
      List<Integer> unit = new ArrayList<>();
      for (int at = place; at < order.end(place); at++) {
        unit.add(order.at(at));
      }
      assertThat(order.isCircle(place))
          .isEqualTo(unit.size() > 1 || refersToItself(unit.get(0), needs));
      units.add(unit);
    }
    return units;
  }

  private static boolean refersToItself(int operation, Map<Integer, int[]> needs) {
    for (int needed : needs.getOrDefault(operation, new int[0])) {
      if (needed == operation) {
        return true;
      }
    }
    return false;
  }

  @Test
  void independentOperationsKeepTheOrderOfTheRequest() {
    assertThat(units(4, Map.of())).containsExactly(List.of(0), List.of(1), List.of(2), List.of(3));
  }

  @Test
  void operationWaitsForALaterOneThatItRefersTo() {
    assertThat(units(4, Map.of(0, new int[] {2})))
        .containsExactly(List.of(1), List.of(2), List.of(0), List.of(3));
  }

  @Test
  void thoseThatWaitForOneAnotherAreDoneAtOnceWhenTheLastHasCome() {
    assertThat(units(5, Map.of(0, new int[] {3}, 1, new int[] {0}, 2, new int[] {1, 3})))
        .containsExactly(List.of(3), List.of(0), List.of(1), List.of(2), List.of(4));
  }

  @Test
  void circleIsOneUnitAtTheTurnOfItsLast() {
    assertThat(units(5, Map.of(0, new int[] {3}, 3, new int[] {0}, 4, new int[] {0})))
        .containsExactly(List.of(1), List.of(2), List.of(0, 3), List.of(4));
  }

  @Test
  void operationThatRefersToItselfIsACircle() {
    assertThat(units(2, Map.of(1, new int[] {1}))).containsExactly(List.of(0), List.of(1));
  }

  @Test
  void chainOfAnyLengthIsNoMatterOfTheStack() {
    int size = 200_000;
    Order order = Order.of(size, i -> i + 1 < size ? new int[] {i + 1} : new int[0]);
    assertThat(order.at(0)).isEqualTo(size - 1);
    assertThat(order.at(size - 1)).isEqualTo(0);
    Order circle = Order.of(size, i -> new int[] {(i + 1) % size});
    assertThat(circle.end(0)).isEqualTo(size);
  }

  @Test
  void everyOperationIsDoneOnceAndAfterWhatItNeeds() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int size = 1 + random.nextInt(12);
      Map<Integer, int[]> needs = new java.util.HashMap<>();
      for (int i = 0; i < size; i++) {
        int[] some = new int[random.nextInt(3)];
        for (int j = 0; j < some.length; j++) {
          some[j] = random.nextInt(size);
        }
        needs.put(i, some);
      }
      Set<Integer> done = new HashSet<>();
      for (List<Integer> unit : units(size, needs)) {
        for (int operation : unit) {
          assertThat(done.add(operation)).as("seed " + seed).isTrue();
        }
        for (int operation : unit) {
          for (int needed : needs.getOrDefault(operation, new int[0])) {
            assertThat(done).as("seed " + seed).contains(needed);
          }
        }
      }
      assertThat(done).as("seed " + seed).hasSize(size);
    }
  }
}
