-- Who issues JWTs for a tenant. A token names its tenant by these two alone, so they are of one tenant.
create table token_issuer (
  id         text collate "C" primary key,
  tenant     text collate "C" not null references tenant (id),
  issuer     text collate "C" not null,
  audience   text collate "C" not null,
  created_ms bigint not null,
  settings   text not null,
  unique (issuer, audience)
);

create index token_issuer_tenant on token_issuer (tenant, id);
