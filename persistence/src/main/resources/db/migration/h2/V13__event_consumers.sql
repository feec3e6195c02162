create sequence event_consumer_version;

-- How far consumers of the events are.
create table event_consumer (
  tenant  varchar(63) not null,
  name    varchar(65) not null,
  tx      bigint      not null,      -- with no, the position up to which all is done
  no      bigint      not null,
  version bigint      not null,
  time_ms bigint      not null,
  primary key (tenant, name)
);
