create table office_proposal (
  id uuid primary key,
  person_id uuid not null references person (id),
  role_code text not null references role (code),
  area_code text collate "C" not null,
  valid_from date not null,
  reason text not null,
  proposed_by uuid not null references person (id),
  proposed_as text not null references role (code),
  proposed_at timestamptz not null,
  state text not null,
  decided_by uuid references person (id),
  decided_as text references role (code),
  decided_at timestamptz,
  decision text,
  version integer not null default 1,
  constraint office_proposal_state check (state in ('OPEN','APPOINTED','DECLINED')),
  constraint office_proposal_two_people check (decided_by is null or decided_by <> proposed_by),
  constraint office_proposal_two_offices check (role_code <> proposed_as and (decided_as is null or state <> 'APPOINTED' or (decided_as <> proposed_as and decided_as <> role_code)))
);
comment on table office_proposal is '三员任命：由另外两员一人提名、一人同意';
comment on column office_proposal.id is '编号';
comment on column office_proposal.person_id is '被提名人';
comment on column office_proposal.role_code is '拟任的管理员角色';
comment on column office_proposal.area_code is '范围';
comment on column office_proposal.valid_from is '起始日期';
comment on column office_proposal.reason is '提名理由';
comment on column office_proposal.proposed_by is '提名人';
comment on column office_proposal.proposed_as is '提名人所任角色';
comment on column office_proposal.proposed_at is '提名时间';
comment on column office_proposal.state is '状态：待定、已任命、不同意';
comment on column office_proposal.decided_by is '决定人';
comment on column office_proposal.decided_as is '决定人所任角色';
comment on column office_proposal.decided_at is '决定时间';
comment on column office_proposal.decision is '决定意见';
comment on column office_proposal.version is '版本';
create index office_proposal_person on office_proposal (person_id);
create index office_proposal_role on office_proposal (role_code);
create index office_proposal_proposed_by on office_proposal (proposed_by);
create index office_proposal_proposed_as on office_proposal (proposed_as);
create index office_proposal_decided_by on office_proposal (decided_by);
create index office_proposal_decided_as on office_proposal (decided_as);
create unique index office_proposal_open_unique on office_proposal (person_id, role_code) where state = 'OPEN';
