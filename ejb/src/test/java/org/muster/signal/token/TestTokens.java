package org.muster.signal.token;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;

/** Tokens whose keys are in the heap. */
public record TestTokens(SigningKeys keys, EventTokens tokens) {
  /** Tokens of an issuer. */
  public TestTokens(String issuer) {
    this(issuer, newKeys());
  }

  private TestTokens(String issuer, SigningKeys keys) {
    this(keys, new EventTokens(issuer, keys, Clock.systemUTC()));
  }

  /** The tokens of an issuer. */
  public static EventTokens of(String issuer) {
    return new TestTokens(issuer).tokens();
  }

  private static SigningKeys newKeys() {
    return new SigningKeys(
        new EventTokensTest.Kept(), Duration.ofDays(1), Clock.systemUTC(), Ticker.systemTicker());
  }
}
