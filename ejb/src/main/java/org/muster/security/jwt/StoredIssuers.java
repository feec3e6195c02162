package org.muster.security.jwt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.muster.access.TokenIssuer;
import org.muster.access.TokenIssuerRepository;
import org.muster.kernel.TenantId;
import org.muster.storage.JsonDocument;

/** Keeps issuers in the database. */
@ApplicationScoped
class StoredIssuers implements IssuerStore {
  /** What was allowed when it was stored, is read. */
  private static final IssuerJson JSON = new IssuerJson(uri -> true);

  @Inject private TokenIssuerRepository issuers;

  /** Outside of the caller's transaction: what it says is kept for others. */
  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public List<Issuer> named(String iss) {
    return issuers.byName(iss).stream().map(StoredIssuers::issuer).toList();
  }

  @Override
  public Optional<Issuer> find(TenantId tenant, String id) {
    return issuers.byId(tenant, id).map(StoredIssuers::issuer);
  }

  @Override
  public List<Issuer> page(TenantId tenant, Optional<String> after, int limit) {
    return issuers.page(tenant, after, limit).stream().map(StoredIssuers::issuer).toList();
  }

  @Override
  @Transactional
  public void add(Issuer issuer) {
    issuers.insert(row(issuer));
  }

  @Override
  @Transactional
  public boolean replace(Issuer issuer) {
    return issuers.replace(row(issuer));
  }

  @Override
  @Transactional
  public boolean remove(TenantId tenant, String id) {
    return issuers.remove(tenant, id);
  }

  private static TokenIssuer row(Issuer issuer) {
    return new TokenIssuer(
        issuer.id(),
        issuer.tenant(),
        issuer.terms().issuer(),
        issuer.terms().audience(),
        issuer.created(),
        JsonDocument.of(IssuerJson.write(issuer.terms())).text());
  }

  private static Issuer issuer(TokenIssuer row) {
    return new Issuer(row.id(), row.tenant(), row.created(), JSON.stored(row.settings()));
  }
}
