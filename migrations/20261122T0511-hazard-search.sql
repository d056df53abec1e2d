-- A hazard changes three or four times in its life and its words never. PostgreSQL writes every index entry of a changed row
-- anew, and the words were thirty-four of them: they stand beside the hazard now.
create table hazard_search (
  hazard_id uuid primary key references hazard (id),
  words text[] collate "C" not null
);
insert into hazard_search (hazard_id, words) select id, words from hazard;
create index hazard_search_words on hazard_search using gin (words) with (fastupdate = off);
drop index hazard_words;
alter table hazard drop column words;
comment on table hazard_search is '隐患检索';
comment on column hazard_search.hazard_id is '隐患';
comment on column hazard_search.words is '检索用二字组';

-- A function in SQL is planned anew in every statement that calls it, and every change of a record writes the phones' feed:
-- in PL/pgSQL its plan is kept.
create or replace function sync_epoch() returns integer language plpgsql stable as $$
begin
  return coalesce((select (value #>> '{}')::int from setting where key = 'ledger.epoch' and area_code = '000000000000'), 1);
end $$;
