package org.muster.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.muster.kernel.TenantId;
import org.muster.receiver.ReceiverId;
import org.muster.scim.ScimException;
import org.muster.security.Caller;
import org.muster.security.Scope;
import org.muster.storage.StorageException;

/** How many streams there may be, who may open one, and how far behind is told. */
class StreamsTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private final Streams streams =
      new Streams(new FeedSettings(3, 2, Duration.ofSeconds(1), Duration.ofSeconds(1)));

  @Test
  void tenantAndNodeHaveABoundedNumberOfStreams() {
    Streams.Place first = streams.open(ACME, StreamsTest::nothing).orElseThrow();
    assertThat(streams.open(ACME, StreamsTest::nothing)).isPresent();
    assertThat(streams.open(ACME, StreamsTest::nothing)).isEmpty();
    assertThat(streams.open(OTHER, StreamsTest::nothing)).isPresent();
    assertThat(streams.open(OTHER, StreamsTest::nothing)).isEmpty();
    assertThat(streams.count()).isEqualTo(3);
    first.close();
    first.close();
    assertThat(streams.count()).isEqualTo(2);
    assertThat(streams.open(ACME, StreamsTest::nothing)).isPresent();
    assertThat(streams.open(ACME, StreamsTest::nothing)).isEmpty();
  }

  @Test
  void serverThatStopsEndsItsStreamsAndOpensNoMore() {
    AtomicInteger ended = new AtomicInteger();
    streams.open(ACME, ended::incrementAndGet);
    streams.open(OTHER, ended::incrementAndGet);
    streams.stop();
    assertThat(ended).hasValue(2);
    assertThat(streams.open(new TenantId("third"), StreamsTest::nothing)).isEmpty();
  }

  @Test
  void readersOfATenantHaveAScopeForIt() {
    FeedAccess access = new FeedAccess(OTHER::equals);
    Optional<String> other = Optional.of("other");
    for (Scope scope : Set.of(Scope.STORAGE_READ, Scope.TENANT_ADMIN, Scope.PLATFORM_ADMIN)) {
      assertThat(access.tenant(caller(scope), Scope.STORAGE_READ, Optional.empty()))
          .isEqualTo(ACME);
      assertThat(access.tenant(caller(scope), Scope.STORAGE_READ, Optional.of("acme")))
          .isEqualTo(ACME);
    }
    for (Scope scope : Set.of(Scope.SCIM_READ, Scope.SCIM_WRITE, Scope.STORAGE_WRITE)) {
      assertStatus(403, () -> access.tenant(caller(scope), Scope.STORAGE_READ, other));
    }
    for (Scope scope : Set.of(Scope.STORAGE_READ, Scope.TENANT_ADMIN)) {
      assertStatus(404, () -> access.tenant(caller(scope), Scope.STORAGE_READ, other));
    }
    Caller platform = caller(Scope.PLATFORM_ADMIN);
    assertThat(access.tenant(platform, Scope.STORAGE_READ, other)).isEqualTo(OTHER);
    for (String name : Set.of("nobody", "No Tenant", "", "../x")) {
      assertStatus(404, () -> access.tenant(platform, Scope.STORAGE_READ, Optional.of(name)));
    }
  }

  @Test
  void receiverPollsAllStreamsOfItsTenantOrThatOfItsSubject() {
    FeedAccess access = new FeedAccess(OTHER::equals);
    Set<Scope> events = Set.of(Scope.EVENTS_READ);
    Caller any = new Caller("t", ACME, Optional.empty(), events);
    assertThat(access.stream(any, Optional.empty(), "s")).isEqualTo(new ReceiverId(ACME, "s"));
    Caller one = new Caller("t", ACME, Optional.of("s"), events);
    assertThat(access.stream(one, Optional.empty(), "s")).isEqualTo(new ReceiverId(ACME, "s"));
    assertStatus(404, () -> access.stream(one, Optional.empty(), "s2"));
    assertStatus(404, () -> access.stream(one, Optional.of("other"), "s"));
    assertStatus(403, () -> access.tenant(one, Scope.STORAGE_READ, Optional.empty()));
    Caller reader =
        new Caller("t", ACME, Optional.of("ann"), Set.of(Scope.STORAGE_READ, Scope.EVENTS_READ));
    assertThat(access.stream(reader, Optional.empty(), "s")).isEqualTo(new ReceiverId(ACME, "s"));
    assertStatus(403, () -> access.stream(caller(Scope.SCIM_READ), Optional.empty(), "s"));
    assertThat(access.stream(caller(Scope.PLATFORM_ADMIN), Optional.of("other"), "s").tenant())
        .isEqualTo(OTHER);
  }

  @Test
  void lagIsLookedAtNowAndThenAndSurvivesAFailure() {
    ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_000));
    AtomicInteger looks = new AtomicInteger();
    Lag lag =
        new Lag(
            () -> {
              if (looks.incrementAndGet() == 2) {
                throw new StorageException.Unavailable("meant", null);
              }
              return looks.get() > 2 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(960));
            },
            clock);
    assertThat(lag.seconds()).isEqualTo(40);
    clock.advance(Duration.ofSeconds(10));
    assertThat(lag.seconds()).isEqualTo(40);
    assertThat(looks).hasValue(1);
    clock.advance(Duration.ofSeconds(10));
    assertThat(lag.seconds()).isEqualTo(40);
    assertThat(looks).hasValue(2);
    clock.advance(Duration.ofSeconds(16));
    assertThat(lag.seconds()).isZero();
  }

  private static void nothing() {
    // the test looks at the places alone
  }

  private static Caller caller(Scope scope) {
    return new Caller("t", ACME, Optional.empty(), Set.of(scope));
  }

  private static void assertStatus(int status, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(ScimException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
