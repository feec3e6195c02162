package org.muster.storage.jpa;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.muster.kernel.TenantId;
import org.muster.sql.Script;
import org.muster.sql.Sql;
import org.muster.storage.Change;
import org.muster.storage.StorageException;

/**
 * Releases and makes the claims of one batch. A value that somebody holds is not written, and only
 * then it is asked who.
 */
final class ClaimWriter {
  private final Dialect dialect;
  private final TenantId tenant;
  private final BatchPlan plan;
  private final Map<Value, String> owners = new HashMap<>();
  private boolean incomplete;
  private boolean asked;

  private record Value(String collection, String attribute, String folded) {
    static Value of(Change.Claim claim) {
      return new Value(claim.key().collection(), claim.attribute(), claim.folded());
    }
  }

  ClaimWriter(Dialect dialect, TenantId tenant, BatchPlan plan) {
    this.dialect = dialect;
    this.tenant = tenant;
    this.plan = plan;
  }

  void write(Script script) {
    for (Change.Release release : plan.releases) {
      script.add(
          Sql.of(
                  "delete from claim where tenant = ? and collection = ? and attribute = ?",
                  tenant.value(),
                  release.key().collection(),
                  release.attribute())
              .add(" and folded = ? and owner = ?", release.folded(), release.key().id()));
    }
    Set<Change.Claim> claims = new LinkedHashSet<>(plan.claims);
    if (!claims.isEmpty()) {
      script.add(insert(List.copyOf(claims)), rows -> incomplete = rows < claims.size());
    }
  }

  private Sql insert(List<Change.Claim> claims) {
    Sql sql = Sql.of("insert into claim (tenant, collection, attribute, folded, owner)");
    if (claims.size() == 1) {
      Change.Claim claim = claims.get(0);
      sql.add(" values (?, ?, ?, ?, ", tenant.value(), claim.key().collection())
          .add("?)", claim.attribute(), claim.folded(), claim.key().id());
    } else {
      sql.add(" select ?, u.c, u.a, u.f, u.o from ", tenant.value())
          .add(values(claims))
          .add(" order by u.c, u.a, u.f");
    }
    return sql.add(" on conflict do nothing");
  }

  private static Sql values(List<Change.Claim> claims) {
    return Sql.of(
        "unnest(?, ?, ?, ?) u(c, a, f, o)",
        claims.stream().map(claim -> claim.key().collection()).toArray(String[]::new),
        claims.stream().map(Change.Claim::attribute).toArray(String[]::new),
        claims.stream().map(Change.Claim::folded).toArray(String[]::new),
        claims.stream().map(claim -> claim.key().id()).toArray(String[]::new));
  }

  /** Asks for the owners if a claim was not written. */
  void check(Script script) {
    if (incomplete) {
      asked = true;
      plan.claims.stream().map(Value::of).distinct().forEach(value -> ask(script, value));
    }
  }

  private void ask(Script script, Value value) {
    script.add(
        Sql.of("select owner from claim where tenant = ? and collection = ? and attribute = ?")
            .with(tenant.value(), value.collection(), value.attribute())
            .add(" and folded = ?", value.folded()),
        row -> owners.put(value, dialect.decode(row.getString(1))),
        rows -> {});
  }

  /** Throws if a value has another owner. */
  void judge() {
    if (!asked) {
      return;
    }
    for (Change.Claim claim : plan.claims) {
      String owner = owners.get(Value.of(claim));
      if (owner == null) {
        throw new StorageException.Conflict(
            claim.key(), "A value was released while it was claimed");
      }
      if (!owner.equals(claim.key().id())) {
        throw new StorageException.NotUnique(claim.attribute());
      }
    }
  }
}
