create table tenant (
  id         text   collate "C" primary key,
  state      text   not null,
  created_ms bigint not null,
  settings   text   not null
);

insert into tenant (id, state, created_ms, settings)
  values ('default', 'ACTIVE', (extract(epoch from now()) * 1000)::bigint, '{}');

create table access_token (
  id           text   collate "C" primary key,
  tenant       text   collate "C" not null references tenant (id),
  hash         bytea  not null unique check (length(hash) = 32),
  scopes       text   not null,
  subject      text,
  created_ms   bigint not null,
  expires_ms   bigint,
  last_used_ms bigint,
  revoked_ms   bigint
);

create index access_token_tenant on access_token (tenant, id);
