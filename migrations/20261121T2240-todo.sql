-- 待办: what waits for whom. A todo is for one person, or for whoever holds a verb with reach over the subject.

create table todo (
  id uuid primary key,
  kind text not null,
  subject_aggregate text not null,
  subject_id uuid not null,
  title text not null,
  why text not null,
  verb text,
  person_id uuid references person (id),
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid references enterprise (id),
  due_at timestamptz,
  link text not null,
  dedupe_key text not null,
  orphan_of text,
  opened_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  done_how text,
  version integer not null default 1,
  constraint todo_for_somebody check (person_id is not null or verb is not null),
  constraint todo_done_says_how check ((done_at is null) = (done_how is null))
);
comment on table todo is '待办：等谁做什么，到何时';
comment on column todo.id is '编号';
comment on column todo.kind is '种类，如 hazard.confirm';
comment on column todo.subject_aggregate is '对象种类';
comment on column todo.subject_id is '对象编号';
comment on column todo.title is '做什么（一句话）';
comment on column todo.why is '为什么、依据';
comment on column todo.verb is '谁能做：持有此权限且管辖到该对象的人';
comment on column todo.person_id is '指定的人，有值时只归此人';
comment on column todo.area_code is '区划（当时）';
comment on column todo.grid_id is '安格（当时）';
comment on column todo.enterprise_id is '监管对象（当时）';
comment on column todo.due_at is '最迟时间';
comment on column todo.link is '界面地址';
comment on column todo.dedupe_key is '同一件事只开一条';
comment on column todo.orphan_of is '原应办理的权限：当地无人具备，已转上一级';
comment on column todo.opened_at is '产生时间';
comment on column todo.done_at is '了结时间';
comment on column todo.done_by is '了结人，系统了结时为空';
comment on column todo.done_how is '如何了结';
comment on column todo.version is '版本';
create unique index todo_open_once on todo (dedupe_key) where done_at is null;
create index todo_subject on todo (subject_id) where done_at is null;
create index todo_person on todo (person_id, due_at);
create index todo_verb on todo (verb, area_code) where done_at is null and person_id is null;
create index todo_enterprise on todo (enterprise_id);
create index todo_grid on todo (grid_id) where done_at is null;
