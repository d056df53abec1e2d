create table hazard_proposal (
  id uuid primary key,
  hazard_id uuid not null references hazard (id),
  act text not null,
  input jsonb not null,
  base_version integer not null,
  found_version integer not null,
  person_id uuid not null references person (id),
  person_name text not null,
  device text,
  made_at timestamptz not null,
  received_at timestamptz not null,
  state text not null,
  decided_by uuid references person (id),
  decided_name text,
  decided_at timestamptz,
  reason text,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid references enterprise (id),
  version integer not null,
  constraint hazard_proposal_state check (state in ('OPEN','ACCEPTED','DISMISSED')),
  constraint hazard_proposal_act check (act in ('fixOnSite','verifyFix','start','submit','reinspect')),
  constraint hazard_proposal_decided_complete check (state = 'OPEN' or (decided_at is not null and decided_name is not null)),
  constraint hazard_proposal_dismissed_why check (state <> 'DISMISSED' or reason is not null)
);
comment on table hazard_proposal is '待定建议：离线办理到达时隐患已被他人办过，留存待人采纳或不采纳';
comment on column hazard_proposal.id is '编号';
comment on column hazard_proposal.hazard_id is '隐患';
comment on column hazard_proposal.act is '想办的事项';
comment on column hazard_proposal.input is '离线填写的内容';
comment on column hazard_proposal.base_version is '办理人当时所见版本';
comment on column hazard_proposal.found_version is '到达时的版本';
comment on column hazard_proposal.person_id is '办理人';
comment on column hazard_proposal.person_name is '办理人姓名';
comment on column hazard_proposal.device is '设备';
comment on column hazard_proposal.made_at is '离线办理时间（设备时间）';
comment on column hazard_proposal.received_at is '到达时间';
comment on column hazard_proposal.state is '状态：待定、已采纳、不采纳';
comment on column hazard_proposal.decided_by is '决定人';
comment on column hazard_proposal.decided_name is '决定人姓名';
comment on column hazard_proposal.decided_at is '决定时间';
comment on column hazard_proposal.reason is '不采纳的理由';
comment on column hazard_proposal.area_code is '区划（当时）';
comment on column hazard_proposal.grid_id is '安格（当时）';
comment on column hazard_proposal.enterprise_id is '监管对象';
comment on column hazard_proposal.version is '版本';
create index hazard_proposal_hazard on hazard_proposal (hazard_id, received_at);
create index hazard_proposal_person on hazard_proposal (person_id);
create index hazard_proposal_decided_by on hazard_proposal (decided_by);
create index hazard_proposal_enterprise on hazard_proposal (enterprise_id);
create index hazard_proposal_area on hazard_proposal (area_code);
