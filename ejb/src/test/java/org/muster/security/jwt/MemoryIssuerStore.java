package org.muster.security.jwt;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.muster.kernel.TenantId;

/** Issuers in memory; counts lookups by name. */
final class MemoryIssuerStore implements IssuerStore {
  int lookups;
  private final TreeMap<String, Issuer> issuers = new TreeMap<>();

  @Override
  public List<Issuer> named(String iss) {
    lookups++;
    return issuers.values().stream().filter(issuer -> issuer.terms().issuer().equals(iss)).toList();
  }

  @Override
  public Optional<Issuer> find(TenantId tenant, String id) {
    return Optional.ofNullable(issuers.get(id)).filter(each -> each.tenant().equals(tenant));
  }

  @Override
  public List<Issuer> page(TenantId tenant, Optional<String> after, int limit) {
    return issuers.values().stream()
        .filter(issuer -> issuer.tenant().equals(tenant))
        .filter(issuer -> after.map(id -> issuer.id().compareTo(id) > 0).orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public void add(Issuer issuer) {
    issuers.put(issuer.id(), issuer);
  }

  @Override
  public boolean replace(Issuer issuer) {
    return issuers.replace(issuer.id(), issuer) != null;
  }

  @Override
  public boolean remove(TenantId tenant, String id) {
    return find(tenant, id).isPresent() && issuers.remove(id) != null;
  }
}
