-- Who issues JWTs for a tenant. A token names its tenant by these two alone, so they are of one tenant.
create table token_issuer (
  id         varchar(64) primary key,
  tenant     varchar(63) not null references tenant (id),
  issuer     varchar(512) not null,
  audience   varchar(512) not null,
  created_ms bigint not null,
  settings   varchar not null,
  unique (issuer, audience)
);

create index token_issuer_tenant on token_issuer (tenant, id);
