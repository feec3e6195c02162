create table tenant (
  id         varchar(63) primary key,
  state      varchar     not null,
  created_ms bigint      not null,
  settings   varchar     not null
);

insert into tenant (id, state, created_ms, settings)
  values ('default', 'ACTIVE', datediff('millisecond', timestamp with time zone '1970-01-01 00:00:00+00', current_timestamp), '{}');

create table access_token (
  id           varchar(64)   primary key,
  tenant       varchar(63)   not null references tenant (id),
  hash         varbinary(32) not null unique check (octet_length(hash) = 32),
  scopes       varchar       not null,
  subject      varchar,
  created_ms   bigint        not null,
  expires_ms   bigint,
  last_used_ms bigint,
  revoked_ms   bigint
);

create index access_token_tenant on access_token (tenant, id);
