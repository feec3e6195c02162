-- A position is one number: where an event is among all.
alter table event drop primary key;
drop index event_tenant;
alter table event drop column tx;
alter table event add primary key (no);
create index event_tenant on event (tenant, no);

alter table event_consumer drop column tx;
