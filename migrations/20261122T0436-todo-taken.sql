-- 领取: who of several entitled people does it. It stays visible to the others, with the name; given back it says why.
alter table todo add column taken_by uuid references person (id), add column taken_at timestamptz, add column back_note text,
  add constraint todo_taken_whole check ((taken_by is null) = (taken_at is null)),
  add constraint todo_taken_shared check (taken_by is null or person_id is null);
comment on column todo.taken_by is '领取人：几个人都能办时，谁在办';
comment on column todo.taken_at is '领取时间';
comment on column todo.back_note is '上一次退还：谁、为什么';
create index todo_taken_by on todo (taken_by) where taken_by is not null;
