-- 撤销与更正: a served paper is never voided; it is taken back or put right by a decision of the leader, and the party is told again.

create table paper_recall (
  id uuid primary key,
  paper_id uuid not null references paper (id),
  kind text not null,
  state text not null,
  reason text not null,
  corrections jsonb not null default '[]',
  asked_by uuid not null references person (id),
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid references person (id),
  decided_by_name text,
  decided_at timestamptz,
  decision_note text,
  service jsonb,
  served_on date,
  served_at timestamptz,
  constraint paper_recall_kind check (kind in ('REVOKE','CORRECT')),
  constraint paper_recall_state check (state in ('ASKED','APPROVED','REFUSED','WITHDRAWN','SERVED')),
  constraint paper_recall_correction_named check ((kind = 'CORRECT') = (jsonb_array_length(corrections) > 0)),
  constraint paper_recall_decided check (state in ('ASKED','WITHDRAWN') or (decided_by is not null and decided_at is not null)),
  constraint paper_recall_served check ((state = 'SERVED') = (service is not null and served_on is not null)),
  constraint paper_recall_other_person check (decided_by <> asked_by)
);
create index paper_recall_paper on paper_recall (paper_id, asked_at);
create index paper_recall_asked_by on paper_recall (asked_by);
create index paper_recall_decided_by on paper_recall (decided_by);
-- One at a time: a second is asked when the first has been decided and served.
create unique index paper_recall_one on paper_recall (paper_id) where state in ('ASKED','APPROVED');
comment on table paper_recall is '文书的撤销与更正：负责人批准，再送达当事人';
comment on column paper_recall.id is '编号（由发起端生成）';
comment on column paper_recall.paper_id is '文书';
comment on column paper_recall.kind is '撤销或更正';
comment on column paper_recall.state is '状态';
comment on column paper_recall.reason is '理由';
comment on column paper_recall.corrections is '更正：原文与正确的文字';
comment on column paper_recall.asked_by is '提请人';
comment on column paper_recall.asked_by_name is '提请人姓名（当时）';
comment on column paper_recall.asked_at is '提请时间';
comment on column paper_recall.decided_by is '决定的负责人';
comment on column paper_recall.decided_by_name is '负责人姓名（当时）';
comment on column paper_recall.decided_at is '决定时间';
comment on column paper_recall.decision_note is '决定意见';
comment on column paper_recall.service is '送达方式与凭证';
comment on column paper_recall.served_on is '送达日期';
comment on column paper_recall.served_at is '登记送达时间';

alter table paper drop constraint paper_state;
alter table paper add constraint paper_state check (state in ('DRAFT','PENDING','RETURNED','APPROVED','ISSUED','SIGNED','SERVED','VOIDED','REVOKED'));
alter table paper drop constraint paper_issued_has_date;
alter table paper add constraint paper_issued_has_date check (state not in ('ISSUED','SIGNED','SERVED','REVOKED') or issued_on is not null);
alter table paper drop constraint paper_served_has_service;
alter table paper add constraint paper_served_has_service check ((state in ('SERVED','REVOKED')) = (service is not null and served_on is not null));
