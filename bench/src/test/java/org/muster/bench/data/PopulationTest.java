package org.muster.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
  @Test
  void everyReaderIsInThreeTeamsAndNobodyElseIs() {
    for (int people : new int[] {200, 2000, 7200, 100_000}) {
      Population population = new Population(people);
      int[] memberships = new int[people];

      for (GroupPlan team : population.teams()) {
        members(team).forEach(person -> memberships[person]++);
        assertThat(members(team).distinct().count()).isEqualTo(team.size());
      }

      assertThat(Arrays.copyOf(memberships, population.readers())).containsOnly(3);
      assertThat(Arrays.copyOfRange(memberships, population.readers(), people)).containsOnly(0);
    }
  }

  @Test
  void sizedGroupsHoldDifferentPeopleOfTheCrowd() {
    Population population = new Population(2000);

    assertThat(population.sized(1000, 7))
        .hasSize(7)
        .allSatisfy(
            group -> {
              assertThat(members(group).distinct().count()).isEqualTo(1000);
              assertThat(members(group).boxed()).allMatch(p -> p >= 1000 && p < 2000);
            });
  }

  @Test
  void groupLargerThanTheCrowdIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Population(2000).sized(1001, 1))
        .withMessageContaining("2002 users");
  }

  @Test
  void unevenNumberOfPeopleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Population(250))
        .withMessageContaining("multiple of 200");
  }

  private static IntStream members(GroupPlan group) {
    return IntStream.range(0, group.size()).map(group.memberAt());
  }
}
