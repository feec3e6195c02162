-- Events are ordered by the transaction that wrote them, then by number: what is of a transaction before
-- all that are still open (pg_snapshot_xmin) can't get company any more. Numbers of transactions begin
-- anew in a restored copy of the database; event_epoch is added to them.
create table event_epoch (base bigint not null);
insert into event_epoch values (0);

create sequence event_no;

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
