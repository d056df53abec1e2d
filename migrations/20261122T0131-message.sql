-- 消息: what happened that concerns somebody and asks nothing of him. Kept 90 days; the record itself keeps what happened.

create table message (
  id uuid primary key,
  person_id uuid not null references person (id),
  kind text not null,
  subject_aggregate text not null,
  subject_id uuid not null,
  title text not null,
  text text not null,
  link text not null,
  by_name text not null,
  at timestamptz not null,
  read_at timestamptz,
  dedupe_key text not null,
  constraint message_once unique (person_id, dedupe_key)
);
comment on table message is '消息：与某人有关、无须办理的事';
comment on column message.id is '编号';
comment on column message.person_id is '给谁';
comment on column message.kind is '种类，如 hazard.voided';
comment on column message.subject_aggregate is '对象种类';
comment on column message.subject_id is '对象编号';
comment on column message.title is '一句话';
comment on column message.text is '详情：理由、新期限';
comment on column message.link is '界面地址';
comment on column message.by_name is '谁办的（当时的姓名）';
comment on column message.at is '时间';
comment on column message.read_at is '何时读过，未读为空';
comment on column message.dedupe_key is '同一件事只告诉一次';
create index message_mine on message (person_id, at desc, id desc);
create index message_unread on message (person_id) where read_at is null;
create index message_old on message (at);
