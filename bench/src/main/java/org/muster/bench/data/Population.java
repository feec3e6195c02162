package org.muster.bench.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who is in which group. The first half of the people, the readers, are in three groups of 100
 * each; the second half, the crowd, fills the groups of chosen sizes; one more group holds all.
 */
public final class Population {
  /** In how many groups each reader is. */
  public static final int GROUPS_OF_A_READER = 3;

  private static final int TEAM = 100;
  private static final int[] STRIDES = {1, 7919, 104729};

  private final int people;

  /**
   * Divides people into readers and crowd.
   *
   * @param people a multiple of 200, so that the teams come out even
   */
  public Population(int people) {
    if (people < 2 * TEAM || people % (2 * TEAM) != 0) {
      throw new IllegalArgumentException(
          "The number of users must be a multiple of " + 2 * TEAM + ", not " + people);
    }
    this.people = people;
  }

  /** All people; their indexes start at 0. */
  public int people() {
    return people;
  }

  /** How many people, from index 0, are in exactly three groups. */
  public int readers() {
    return people / 2;
  }

  /** How many people, from index {@link #readers()}, fill the groups of chosen sizes. */
  public int crowd() {
    return people - readers();
  }

  /** The groups of 100 that put every reader into three. */
  public List<GroupPlan> teams() {
    List<GroupPlan> teams = new ArrayList<>();
    for (int round = 0; round < GROUPS_OF_A_READER; round++) {
      int stride = coprime(STRIDES[round], readers());
      for (int team = 0; team < readers() / TEAM; team++) {
        long start = (long) team * TEAM;
        teams.add(
            new GroupPlan(
                String.format(Locale.ROOT, "team-%d-%05d", round, team),
                TEAM,
                at -> (int) ((start + at) * stride % readers())));
      }
    }
    return teams;
  }

  /**
   * Groups of one size, of people of the crowd.
   *
   * @throws IllegalArgumentException if the crowd is smaller than {@code size}
   */
  public List<GroupPlan> sized(int size, int count) {
    if (size > crowd()) {
      throw new IllegalArgumentException(
          "A group of " + size + " needs " + 2 * size + " users; there are " + people);
    }
    List<GroupPlan> groups = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      long start = (long) group * crowd() / count;
      groups.add(
          new GroupPlan(
              String.format(Locale.ROOT, "size-%d-%04d", size, group),
              size,
              at -> readers() + (int) ((start + at) % crowd())));
    }
    return groups;
  }

  /** The group of everybody. */
  public GroupPlan everybody() {
    return new GroupPlan("everybody", people, at -> at);
  }

  private static int coprime(int candidate, int modulus) {
    int stride = candidate;
    while (greatestCommonDivisor(stride, modulus) != 1) {
      stride++;
    }
    return stride;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
