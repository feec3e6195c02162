package org.muster.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.muster.access.Tenant;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Policies;
import org.muster.scim.policy.Policy;

/**
 * What each request asks of its tenant: whether it is served, and by which rules. Answers are kept
 * for five seconds, so that a request costs no SQL; a change on this node counts at once, one on
 * another node after five seconds. Thread-safe.
 */
public final class TenantDirectory implements Policies {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final int KNOWN_MOST = 100_000;

  private final TenantStore store;
  private final TenantRules rules;
  private final Cache<TenantId, Optional<Entry>> known;

  /**
   * What there is to know of a tenant.
   *
   * @param settings what an administrator has chosen
   * @param policy what follows from that
   */
  public record Entry(Tenant.State state, TenantSettings settings, Policy policy) {}

  TenantDirectory(TenantStore store, TenantRules rules, Ticker ticker) {
    this.store = store;
    this.rules = rules;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(KNOWN_MOST)
            .expireAfterWrite(KEPT)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** The tenant; empty if there is none, or it is being deleted. */
  public Optional<Entry> find(TenantId id) {
    return known.get(id, this::read);
  }

  @Override
  public Policy of(TenantId tenant) {
    return find(tenant)
        .map(Entry::policy)
        .orElseGet(() -> rules.policy(TenantSettings.NONE)); // who asks in vain is refused before
  }

  /** Forgets what it knows of a tenant; a look that is under way is forgotten too. */
  void forget(TenantId id) {
    known.invalidate(id);
  }

  private Optional<Entry> read(TenantId id) {
    return store
        .find(id)
        .filter(tenant -> tenant.state() != Tenant.State.DELETING)
        .map(
            tenant -> {
              TenantSettings settings = SettingsJson.stored(tenant.settings());
              return new Entry(tenant.state(), settings, rules.policy(settings));
            });
  }
}
