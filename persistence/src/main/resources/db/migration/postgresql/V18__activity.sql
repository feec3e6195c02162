-- Which documents are live, and when each was last changed; made of the events.
create table activity (
  tenant      text   collate "C" not null,
  collection  text   collate "C" not null,
  id          text   collate "C" not null,
  state       bigint not null,              -- 0 says nothing, 1 active, 2 not
  modified_ms bigint not null,
  primary key (tenant, collection, id)
) with (
  autovacuum_analyze_threshold = 500,
  autovacuum_analyze_scale_factor = 0.02
);

create index activity_state on activity (tenant, collection, state, modified_ms, id);
create index activity_modified on activity (tenant, collection, modified_ms, id);

create table activity_count (
  tenant     text   collate "C" not null,
  collection text   collate "C" not null,
  live       bigint not null,
  active     bigint not null,
  inactive   bigint not null,
  primary key (tenant, collection)
) with (fillfactor = 70);
