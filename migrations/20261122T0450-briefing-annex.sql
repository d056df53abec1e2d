-- A briefing may print numbers of further snapshots beside its own: a night action within the report of a whole campaign.
alter table briefing add column annexes jsonb not null default '[]';
comment on column briefing.annexes is '另引的快照及其在正文中的简称';
