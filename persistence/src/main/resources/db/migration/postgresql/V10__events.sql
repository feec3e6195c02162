-- Events are ordered by numbers that are drawn when a transaction holds its locks. Those that are drawn are
-- not committed in their order; what may still be open is seen by advisory locks (see PostgresEvents).
create sequence event_no;

-- From here on the last value is one that was drawn.
select nextval('event_no');

create table event (
  tx         bigint not null,
  no         bigint not null,
  tenant     text   collate "C" not null,
  collection text   collate "C" not null,
  id         text   collate "C" not null,
  number     bigint not null,           -- within the stream (tenant, collection, id)
  event_id   uuid   not null,
  type       text   collate "C" not null,
  form       int    not null,
  version    bigint not null,           -- 0 if there is none
  time_ms    bigint not null,
  actor      text   not null,
  content    bytea  not null,           -- origin and content, perhaps sealed
  primary key (tx, no)
) with (
  autovacuum_vacuum_insert_scale_factor = 0.05,
  autovacuum_analyze_threshold = 500,
  autovacuum_analyze_scale_factor = 0.02
);

-- It is sealed, which nothing compresses, or about as long as a page's part for it.
alter table event alter column content set storage external;

create unique index event_stream on event (tenant, collection, id, number);
create index event_tenant on event (tenant, tx, no);

create table event_snapshot (
  tenant     text   collate "C" not null,
  collection text   collate "C" not null,
  id         text   collate "C" not null,
  number     bigint not null,
  state      bytea  not null,
  primary key (tenant, collection, id, number)
);
