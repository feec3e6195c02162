package org.muster.sql;

import java.util.Optional;

/** PostgreSQL: text of collation "C" is in the order by code point as it is. */
public final class PostgresSql extends SqlDialect {
  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String encode(String text) {
    return text;
  }

  @Override
  public String decode(String stored) {
    return stored;
  }

  @Override
  public boolean pipelines() {
    return true;
  }

  @Override
  public boolean writersTakeTurns() {
    return false;
  }

  /** What can't do without a scan after all is taken for so dear that it would be compiled. */
  @Override
  public Optional<Sql> byIndex() {
    return Optional.of(
        Sql.of("select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"));
  }
}
