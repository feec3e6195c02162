-- Writers take turns, so that events are there in the order of their numbers.
create sequence event_no;

create table event (
  tx         bigint       not null,
  no         bigint       not null,
  tenant     varchar(63)  not null,
  collection varchar(64)  not null,
  id         varchar(255) not null,
  number     bigint       not null,     -- within the stream (tenant, collection, id)
  event_id   uuid         not null,
  type       varchar(64)  not null,
  form       int          not null,
  version    bigint       not null,     -- 0 if there is none
  time_ms    bigint       not null,
  actor      varchar      not null,
  content    varbinary    not null,     -- origin and content, perhaps sealed
  primary key (tx, no)
);

create unique index event_stream on event (tenant, collection, id, number);
create index event_tenant on event (tenant, tx, no);

create table event_snapshot (
  tenant     varchar(63)  not null,
  collection varchar(64)  not null,
  id         varchar(255) not null,
  number     bigint       not null,
  state      varbinary    not null,
  primary key (tenant, collection, id, number)
);
