-- A tenant's own schemas and resource types.

create table definition (
  id         varchar(400) primary key,   -- tenant/kind/name
  tenant     varchar(63) not null references tenant (id) on delete cascade,
  kind       varchar(16) not null,        -- SCHEMA, RESOURCE_TYPE
  name       varchar(255) not null,       -- a URN in lower case, or the name of a type
  place      bigint      not null,        -- the order of registration
  version    bigint      not null,        -- that of its last change
  changed_ms bigint      not null,
  body       varchar not null,              -- JSON as it was registered
  pending    varchar not null,              -- attributes that stored resources are being prepared for
  unindexed  varchar not null               -- searchable attributes without an index
);

create index definition_tenant on definition (tenant, place);

-- The version of the row '*' counts all changes of definitions; that of a tenant is its value at the
-- tenant's last change. Whoever changes definitions locks '*', so that versions are in commit order.
create table definition_version (
  tenant  varchar(63) primary key,
  version bigint not null
);

create index definition_version_version on definition_version (version);

insert into definition_version (tenant, version) values ('*', 1);
