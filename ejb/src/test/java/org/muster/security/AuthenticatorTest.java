package org.muster.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.muster.cache.SharedLevel;
import org.muster.directory.DirectoryText;
import org.muster.directory.TestDirectory;
import org.muster.kernel.TenantId;

/** Whose secret it is, at what cost, and until when. */
class AuthenticatorTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final Caller ROOT =
      new Caller("admin", TenantId.DEFAULT, Optional.empty(), EnumSet.allOf(Scope.class));
  private final MemoryTokenStore store = new MemoryTokenStore();
  private final ManualClock clock = new ManualClock();
  private final Authenticator authenticator =
      new Authenticator(
          store,
          TestDirectory.of(clock, clock::nanos),
          Optional.of("correct-horse-battery"),
          clock,
          clock::nanos);
  private final Tokens tokens =
      new Tokens(store, authenticator, tenant -> true, Duration.ofDays(365), clock);

  @Test
  void secretHas256RandomBitsAndAPrefix() {
    assertThat(Secret.generate()).matches("mst_[A-Za-z0-9_-]{43}").isNotEqualTo(Secret.generate());
  }

  @Test
  void hashIsSha256() {
    assertThat(Secret.hash("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void bearerOfATokenIsItsCaller() {
    IssuedToken issued = issue(Optional.empty());
    assertThat(authenticator.authenticate(issued.secret()))
        .contains(
            new Caller(issued.token().id(), ACME, Optional.of("u1"), Set.of(Scope.SCIM_READ)));
  }

  @Test
  void administratorOfTheConfigurationHasAllScopesInTheDefaultTenant() {
    assertThat(authenticator.authenticate("correct-horse-battery")).contains(ROOT);
    assertThat(authenticator.authenticate("correct-horse-batterz")).isEmpty();
    assertThat(store.lookups).hasValue(0);
  }

  @Test
  void repeatedUseCostsNoLookup() {
    IssuedToken issued = issue(Optional.empty());
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(issued.secret())).isPresent();
    }
    assertThat(store.lookups).hasValue(1);
    clock.pass(Duration.ofSeconds(11));
    assertThat(authenticator.authenticate(issued.secret())).isPresent();
    assertThat(store.lookups).hasValue(2);
  }

  @Test
  void repeatedMistakeCostsNoLookup() {
    String unknown = Secret.generate();
    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(unknown)).isEmpty();
    }
    assertThat(store.lookups).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "mst_", "mst_short", "MST_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void whatWasNeverIssuedCostsNoLookupAtAll(String secret) {
    assertThat(authenticator.authenticate(secret)).isEmpty();
    assertThat(store.lookups).hasValue(0);
  }

  @Test
  void expiryCountsToTheMillisecondInSpiteOfTheCache() {
    IssuedToken issued = issue(Optional.of(Duration.ofSeconds(5)));
    clock.pass(Duration.ofMillis(4_999));
    assertThat(authenticator.authenticate(issued.secret())).isPresent();
    clock.pass(Duration.ofMillis(1));
    assertThat(authenticator.authenticate(issued.secret())).isEmpty();
  }

  @Test
  void revocationCountsAtOnce() {
    IssuedToken issued = issue(Optional.empty());
    assertThat(authenticator.authenticate(issued.secret())).isPresent();
    assertThat(tokens.revoke(ROOT, issued.token().id())).isTrue();
    assertThat(authenticator.authenticate(issued.secret())).isEmpty();
  }

  @Test
  void revocationOnAnotherNodeCountsAtOnceAndItsLookupServesBoth() {
    SharedLevel<DirectoryText> shared = new SharedLevel<>(TestDirectory.heap(clock, clock::nanos));
    Authenticator here = beside(shared);
    Authenticator there = beside(shared);
    Tokens ofThere = new Tokens(store, there, tenant -> true, Duration.ofDays(365), clock);
    IssuedToken issued = issue(Optional.empty());
    assertThat(here.authenticate(issued.secret())).isPresent();
    assertThat(there.authenticate(issued.secret())).isPresent();
    assertThat(store.lookups).hasValue(1);
    assertThat(ofThere.revoke(ROOT, issued.token().id())).isTrue();
    assertThat(here.authenticate(issued.secret())).isEmpty();
  }

  private Authenticator beside(SharedLevel<DirectoryText> shared) {
    return new Authenticator(
        store,
        TestDirectory.beside(shared.node(), clock, clock::nanos),
        Optional.empty(),
        clock,
        clock::nanos);
  }

  @Test
  void lookupUnderWayDoesNotOutliveARevocation() throws Exception {
    IssuedToken issued = issue(Optional.empty());
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch revoked = new CountDownLatch(1);
    store.duringLookup =
        () -> {
          read.countDown();
          await(revoked);
        };
    Thread slow = new Thread(() -> authenticator.authenticate(issued.secret()));
    slow.start();
    await(read);
    Thread revoker = new Thread(() -> tokens.revoke(ROOT, issued.token().id()));
    revoker.start();
    revoker.join(100); // it waits for the lookup, or is through
    revoked.countDown();
    slow.join();
    revoker.join();
    store.duringLookup = () -> {};
    assertThat(authenticator.authenticate(issued.secret())).isEmpty();
  }

  @Test
  void useIsDrainedOnce() {
    IssuedToken issued = issue(Optional.empty());
    authenticator.authenticate(issued.secret());
    authenticator.authenticate(issued.secret());
    assertThat(authenticator.drainUsed()).containsExactly(issued.token().id());
    assertThat(authenticator.drainUsed()).isEmpty();
    clock.pass(Duration.ofSeconds(2));
    authenticator.authenticate(issued.secret());
    assertThat(authenticator.drainUsed()).containsExactly(issued.token().id());
  }

  private IssuedToken issue(Optional<Duration> expiresIn) {
    return tokens.issue(
        ROOT, new TokenRequest(ACME, Set.of(Scope.SCIM_READ), expiresIn, Optional.of("u1")));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A clock that stands still until told. */
  private static final class ManualClock extends Clock {
    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

    void pass(Duration time) {
      millis.addAndGet(time.toMillis());
    }

    long nanos() {
      return millis.get() * 1_000_000;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
