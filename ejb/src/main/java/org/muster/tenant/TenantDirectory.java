package org.muster.tenant;

import java.util.Optional;
import org.muster.access.Tenant;
import org.muster.directory.Directory;
import org.muster.directory.DirectorySpace;
import org.muster.kernel.TenantId;
import org.muster.scim.policy.Policies;
import org.muster.scim.policy.Policy;

/**
 * What each request asks of its tenant: whether it is served, and by which rules. What the database
 * says is kept in the directory, so that a request costs no SQL; a change forgets it there.
 * Thread-safe.
 */
public final class TenantDirectory implements Policies {
  /** What is kept of a tenant that is not there. */
  private static final String NONE = "";

  private final TenantStore store;
  private final TenantRules rules;
  private final Directory directory;
  private final DirectorySpace<Optional<Entry>> known;

  /**
   * What there is to know of a tenant.
   *
   * @param settings what an administrator has chosen
   * @param policy what follows from that
   */
  public record Entry(Tenant.State state, TenantSettings settings, Policy policy) {}

  TenantDirectory(TenantStore store, TenantRules rules, Directory directory) {
    this.store = store;
    this.rules = rules;
    this.directory = directory;
    this.known = directory.space(Directory.Kind.TENANTS, this::load, (id, text) -> entry(text));
  }

  /** The tenant; empty if there is none, or it is being deleted. */
  public Optional<Entry> find(TenantId id) {
    return known.get(id.value()).orElseGet(Optional::empty);
  }

  @Override
  public Policy of(TenantId tenant) {
    return find(tenant)
        .map(Entry::policy)
        .orElseGet(() -> rules.policy(TenantSettings.NONE)); // who asks in vain is refused before
  }

  /** Forgets what it knows of a tenant; a look that is under way is forgotten too. */
  void forget(TenantId id) {
    known.forget(id.value());
  }

  /** Forgets tokens and issuers of all tenants: some of them were removed together. */
  void forgetCredentials() {
    directory.forgetAll(Directory.Kind.TOKENS);
    directory.forgetAll(Directory.Kind.ISSUERS);
  }

  /** State and settings, with a space in between. */
  private Optional<String> load(String id) {
    return Optional.of(
        store
            .find(new TenantId(id))
            .filter(tenant -> tenant.state() != Tenant.State.DELETING)
            .map(tenant -> tenant.state() + " " + tenant.settings())
            .orElse(NONE));
  }

  private Optional<Entry> entry(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    int space = text.indexOf(' ');
    TenantSettings settings = SettingsJson.stored(text.substring(space + 1));
    Tenant.State state = Tenant.State.valueOf(text.substring(0, space));
    return Optional.of(new Entry(state, settings, rules.policy(settings)));
  }
}
