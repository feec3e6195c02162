package org.muster.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class MembersTest {
  private static final Instant BEGIN = Instant.parse("2026-11-26T00:00:00Z");

  private Instant now = BEGIN;

  private Members members(Duration burial) {
    return new Members(
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        },
        burial);
  }

  /** Takes a view; whether it was told that something may have been missed. */
  private static boolean view(Members members, List<String> names, boolean merged) {
    AtomicBoolean missed = new AtomicBoolean();
    members.view(names, merged, () -> missed.set(true));
    return missed.get();
  }

  @Test
  void nodeThatVanishesIsLostUntilItIsBack() {
    Members members = members(Duration.ZERO);
    assertThat(view(members, List.of("a", "b", "c"), false)).isFalse();
    assertThat(members.isWhole()).isTrue();
    assertThat(view(members, List.of("a", "b"), false)).isTrue();
    assertThat(members.isWhole()).isFalse();
    now = BEGIN.plus(Duration.ofDays(1));
    assertThat(members.isWhole()).isFalse();
    assertThat(view(members, List.of("a", "b", "c"), false)).isTrue();
    assertThat(members.isWhole()).isTrue();
  }

  @Test
  void nodeThatSaysThatItEndsIsNotLost() {
    Members members = members(Duration.ZERO);
    view(members, List.of("a", "b"), false);
    members.ends("b");
    assertThat(view(members, List.of("a"), false)).isFalse();
    assertThat(members.isWhole()).isTrue();
    members.begins("b");
    view(members, List.of("a", "b"), false);
    view(members, List.of("a"), false);
    assertThat(members.isWhole()).isFalse();
  }

  @Test
  void majorityBuriesWhoIsLostForLong() {
    Members members = members(Duration.ofMinutes(1));
    view(members, List.of("a", "b", "c"), false);
    view(members, List.of("a", "b"), false);
    now = BEGIN.plusSeconds(59);
    assertThat(members.isWhole()).isFalse();
    now = BEGIN.plusSeconds(60);
    assertThat(members.isWhole()).isTrue();
  }

  @Test
  void halfBuriesNobody() {
    Members members = members(Duration.ofMinutes(1));
    view(members, List.of("a", "b"), false);
    view(members, List.of("a"), false);
    now = BEGIN.plus(Duration.ofDays(1));
    assertThat(members.isWhole()).isFalse();
  }

  @Test
  void whatWasMissedIsToldBeforeAllIsWellAgain() {
    Members members = members(Duration.ZERO);
    AtomicBoolean told = new AtomicBoolean();
    view(members, List.of("a", "b"), false);
    view(members, List.of("a"), false);
    members.view(List.of("a", "b"), true, () -> told.set(!members.isWhole()));
    assertThat(told).isTrue();
    assertThat(members.isWhole()).isTrue();
  }

  @Test
  void mergeMayHaveMissedAnything() {
    Members members = members(Duration.ZERO);
    view(members, List.of("a", "b"), false);
    assertThat(view(members, List.of("a", "b"), true)).isTrue();
    assertThat(members.isWhole()).isTrue();
  }
}
