-- Which documents are live, and when each was last changed; made of the events.
create table activity (
  tenant      varchar(63)  not null,
  collection  varchar(64)  not null,
  id          varchar(255) not null,
  state       bigint       not null,   -- 0 says nothing, 1 active, 2 not
  modified_ms bigint       not null,
  primary key (tenant, collection, id)
);

create index activity_state on activity (tenant, collection, state, modified_ms, id);
create index activity_modified on activity (tenant, collection, modified_ms, id);

create table activity_count (
  tenant     varchar(63) not null,
  collection varchar(64) not null,
  live       bigint      not null,
  active     bigint      not null,
  inactive   bigint      not null,
  primary key (tenant, collection)
);
