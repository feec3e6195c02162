-- Statistics of events are made again and again while they grow, of a sample as large as the largest target asks for; all
-- that planning needs to know is how the rows are spread over tenants and streams.
alter table event alter column content set statistics 0;
alter table event
  alter column no set statistics 30,
  alter column tenant set statistics 30,
  alter column collection set statistics 30,
  alter column id set statistics 30,
  alter column number set statistics 30,
  alter column event_id set statistics 0,
  alter column type set statistics 30,
  alter column form set statistics 0,
  alter column version set statistics 0,
  alter column time_ms set statistics 0,
  alter column actor set statistics 0;
