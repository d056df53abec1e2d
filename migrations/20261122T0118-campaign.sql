-- 专项行动: configuration of the loop, its teams, targets, muster, draws and tasks. Totals are differences appended by the
-- database with every visit, hazard and target, folded by a job: no row of a running campaign is hot.

create table campaign (
  id uuid primary key,
  no text not null constraint campaign_no_unique unique,
  kind text not null,
  pack text,
  name text not null,
  basis text not null,
  published_on date,
  area_code text collate "C" not null references area (code),
  areas text[] not null,
  scheme jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  business_date date not null,
  command_post text,
  state text not null,
  open_wave smallint not null default 1,
  submitted_at timestamptz,
  submitted_by uuid references person (id),
  annex_count integer,
  annex_hash text,
  decided_at timestamptz,
  decided_by uuid references person (id),
  decided_by_name text,
  opinion text,
  started_at timestamptz,
  closing text,
  closed_at timestamptz,
  void_reason text,
  created_by uuid not null references person (id),
  created_at timestamptz not null,
  version integer not null default 1,
  constraint campaign_kind check (kind in ('NIGHT','SPECIAL','SWEEP','GUIDANCE','LIST','ROUNDS','YEARS')),
  constraint campaign_state check (state in ('DRAFT','APPROVED','RUNNING','CLOSING','CLOSED','VOID')),
  constraint campaign_dates check (ends_at > starts_at),
  constraint campaign_has_area check (cardinality(areas) > 0),
  constraint campaign_decided check (state in ('DRAFT','VOID') or decided_by is not null)
);
comment on table campaign is '专项行动：走访、隐患、文书这一闭环的一次配置';
comment on column campaign.id is '编号（由发起端生成）';
comment on column campaign.no is '行动编号，如 ZX-20260305-990101-0001';
comment on column campaign.kind is '类型：夜查、专项、地毯式排查、指导服务、清单必查、多轮检查、多年行动';
comment on column campaign.pack is '由哪个行动包建立';
comment on column campaign.name is '名称';
comment on column campaign.basis is '依据文件';
comment on column campaign.published_on is '方案公布日期';
comment on column campaign.area_code is '组织单位所在区划';
comment on column campaign.areas is '实施范围（区划代码）';
comment on column campaign.scheme is '方案：工作线、对象、走访方式、检查表、批次、定额、要求';
comment on column campaign.starts_at is '开始时间';
comment on column campaign.ends_at is '结束时间';
comment on column campaign.business_date is '业务日期：夜查计入开始之日';
comment on column campaign.command_post is '指挥部';
comment on column campaign.state is '状态';
comment on column campaign.open_wave is '已开放到第几批';
comment on column campaign.submitted_at is '报批时间';
comment on column campaign.submitted_by is '报批人';
comment on column campaign.annex_count is '报批时附件名单的家数';
comment on column campaign.annex_hash is '报批时附件名单的摘要（SHA-256）';
comment on column campaign.decided_at is '审批时间';
comment on column campaign.decided_by is '审批人';
comment on column campaign.decided_by_name is '审批人姓名（当时）';
comment on column campaign.opinion is '审批意见';
comment on column campaign.started_at is '启动时间';
comment on column campaign.closing is '总结';
comment on column campaign.closed_at is '办结时间';
comment on column campaign.void_reason is '作废理由';
comment on column campaign.created_by is '建立人';
comment on column campaign.created_at is '建立时间';
comment on column campaign.version is '版本';
create index campaign_area on campaign (area_code, starts_at desc);
create index campaign_recent on campaign (starts_at desc, id desc);
create index campaign_running on campaign (state) where state in ('RUNNING','CLOSING');
create index campaign_submitted_by on campaign (submitted_by);
create index campaign_decided_by on campaign (decided_by);
create index campaign_created_by on campaign (created_by);
create sequence campaign_no_seq as bigint minvalue 1 maxvalue 9999 cycle;
comment on sequence campaign_no_seq is '行动编号的顺序号，循环使用，编号另含日期';

create table campaign_pack (
  code text not null,
  area_code text collate "C" not null references area (code),
  name text not null,
  pack jsonb not null,
  saved_by uuid not null references person (id),
  saved_at timestamptz not null,
  version integer not null default 1,
  primary key (area_code, code)
);
comment on table campaign_pack is '本地行动包：同代码的覆盖随软件提供的';
comment on column campaign_pack.code is '代码';
comment on column campaign_pack.area_code is '适用区划';
comment on column campaign_pack.name is '名称';
comment on column campaign_pack.pack is '内容';
comment on column campaign_pack.saved_by is '保存人';
comment on column campaign_pack.saved_at is '保存时间';
comment on column campaign_pack.version is '版本';
create index campaign_pack_saved_by on campaign_pack (saved_by);

create table campaign_team (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  ordinal smallint not null,
  name text not null,
  kind text not null,
  leader_id uuid references person (id),
  area_code text collate "C",
  vehicle text,
  removed_at timestamptz,
  version integer not null default 1,
  constraint campaign_team_kind check (kind in ('CHECK','GUIDE','AID','COMMAND')),
  constraint campaign_team_unique unique (campaign_id, ordinal)
);
comment on table campaign_team is '行动小组';
comment on column campaign_team.id is '编号';
comment on column campaign_team.campaign_id is '专项行动';
comment on column campaign_team.ordinal is '序号';
comment on column campaign_team.name is '名称';
comment on column campaign_team.kind is '类别：检查组、指导组、援助组、指挥组';
comment on column campaign_team.leader_id is '组长';
comment on column campaign_team.area_code is '负责的区划';
comment on column campaign_team.vehicle is '车辆';
comment on column campaign_team.removed_at is '撤销时间';
comment on column campaign_team.version is '版本';
create index campaign_team_leader on campaign_team (leader_id);

create table campaign_member (
  campaign_id uuid not null references campaign (id),
  person_id uuid not null references person (id),
  team_id uuid not null references campaign_team (id),
  part text not null,
  name text not null,
  organisation text,
  primary key (campaign_id, person_id),
  constraint campaign_member_part check (part in ('LEADER','OFFICER','EXPERT','GRID','SUPPORT'))
);
comment on table campaign_member is '行动小组成员：一次行动中一人只在一个小组';
comment on column campaign_member.campaign_id is '专项行动';
comment on column campaign_member.person_id is '人员';
comment on column campaign_member.team_id is '小组';
comment on column campaign_member.part is '身份：组长、执法人员、专家、安格员、保障人员';
comment on column campaign_member.name is '姓名（当时）';
comment on column campaign_member.organisation is '单位（当时）';
create index campaign_member_person on campaign_member (person_id);
create index campaign_member_team on campaign_member (team_id);

create table campaign_attendance (
  campaign_id uuid not null references campaign (id),
  business_date date not null,
  person_id uuid not null references person (id),
  team_id uuid,
  state text not null,
  how text not null,
  at timestamptz not null,
  reason text,
  marked_by uuid,
  primary key (campaign_id, business_date, person_id),
  constraint campaign_attendance_state check (state in ('PRESENT','ON_WAY','ABSENT')),
  constraint campaign_attendance_how check (how in ('MUSTER','VISIT')),
  constraint campaign_attendance_reason check (state <> 'ABSENT' or reason is not null)
);
comment on table campaign_attendance is '集结与出动：每次行动每个业务日期每人一行，出动人次由此计数';
comment on column campaign_attendance.campaign_id is '专项行动';
comment on column campaign_attendance.business_date is '业务日期';
comment on column campaign_attendance.person_id is '人员';
comment on column campaign_attendance.team_id is '小组';
comment on column campaign_attendance.state is '状态：实到、在途、不能到';
comment on column campaign_attendance.how is '由集结登记还是由检查记录得知';
comment on column campaign_attendance.at is '登记时间';
comment on column campaign_attendance.reason is '不能到的理由';
comment on column campaign_attendance.marked_by is '登记人';
create index campaign_attendance_person on campaign_attendance (person_id, business_date);

create table campaign_target (
  campaign_id uuid not null references campaign (id),
  site_id uuid not null references site (id),
  enterprise_id uuid not null references enterprise (id),
  area_code text collate "C" not null,
  grid_id uuid,
  park_id uuid,
  site_kind text not null,
  sort text not null,
  wave smallint not null default 1,
  source text not null,
  draw_id uuid,
  team_id uuid references campaign_team (id),
  ordinal integer,
  state text not null,
  due_on date,
  visits integer not null default 0,
  checks integer not null default 0,
  first_on date,
  last_on date,
  dropped_reason text,
  version integer not null default 1,
  primary key (campaign_id, site_id),
  constraint campaign_target_sort check (sort in ('FIRM','PARK','PLACE')),
  constraint campaign_target_source check (source in ('LIST','DRAW','FOUND')),
  constraint campaign_target_state check (state in ('TO_DO','TAKEN','DONE','DROPPED')),
  constraint campaign_target_dropped check ((state = 'DROPPED') = (dropped_reason is not null)),
  constraint campaign_target_counts check (visits >= 0 and checks >= 0)
);
comment on table campaign_target is '行动对象：场所及其在本次行动中的状态';
comment on column campaign_target.campaign_id is '专项行动';
comment on column campaign_target.site_id is '场所';
comment on column campaign_target.enterprise_id is '监管对象';
comment on column campaign_target.area_code is '统计管辖区划（列入时）';
comment on column campaign_target.grid_id is '安格（列入时）';
comment on column campaign_target.park_id is '园区（列入时）';
comment on column campaign_target.site_kind is '场所类别（列入时）';
comment on column campaign_target.sort is '计数类别：企业、园区、场所，互不重复';
comment on column campaign_target.wave is '批次（先大后小）';
comment on column campaign_target.source is '来源：名单、抽取、行动中发现';
comment on column campaign_target.draw_id is '由哪次抽取列入';
comment on column campaign_target.team_id is '领取的小组';
comment on column campaign_target.ordinal is '小组路线中的次序';
comment on column campaign_target.state is '状态：待查、已领、已查、移出';
comment on column campaign_target.due_on is '应查日期';
comment on column campaign_target.visits is '走访次数';
comment on column campaign_target.checks is '已检查次数';
comment on column campaign_target.first_on is '首次已检查的业务日期';
comment on column campaign_target.last_on is '最近已检查的业务日期';
comment on column campaign_target.dropped_reason is '移出理由';
comment on column campaign_target.version is '版本';
create index campaign_target_list on campaign_target (campaign_id, state, wave, area_code, site_id);
create index campaign_target_site on campaign_target (site_id);
create index campaign_target_enterprise on campaign_target (enterprise_id);
create index campaign_target_team on campaign_target (team_id, ordinal) where team_id is not null;

create table campaign_count (
  campaign_id uuid not null,
  street text collate "C" not null,
  metric text not null,
  part text not null,
  n integer not null,
  primary key (campaign_id, metric, street, part)
);
comment on table campaign_count is '专项行动的计数（已折叠）';
comment on column campaign_count.campaign_id is '专项行动';
comment on column campaign_count.street is '街道区划';
comment on column campaign_count.metric is '指标';
comment on column campaign_count.part is '小组，或批次';
comment on column campaign_count.n is '数';

create table campaign_count_delta (
  id bigint generated always as identity primary key,
  campaign_id uuid not null,
  street text collate "C" not null,
  metric text not null,
  part text not null,
  n integer not null
);
comment on table campaign_count_delta is '专项行动计数的增减，待折叠';
comment on column campaign_count_delta.id is '编号';
comment on column campaign_count_delta.campaign_id is '专项行动';
comment on column campaign_count_delta.street is '街道区划';
comment on column campaign_count_delta.metric is '指标';
comment on column campaign_count_delta.part is '小组，或批次';
comment on column campaign_count_delta.n is '增减';
create index campaign_count_delta_campaign on campaign_count_delta (campaign_id);
alter table campaign_count_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

create table campaign_task (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  line text not null,
  ordinal smallint not null,
  title text not null,
  measure text not null default '',
  unit text not null,
  owner_id uuid references person (id),
  owner_name text,
  starts_on date not null,
  due_on date not null,
  state text not null,
  progress smallint not null default 0,
  note text,
  reported_at timestamptz,
  done_on date,
  version integer not null default 1,
  constraint campaign_task_state check (state in ('TO_DO','RUNNING','DONE','CANCELLED')),
  constraint campaign_task_progress check (progress between 0 and 100),
  constraint campaign_task_dates check (due_on >= starts_on),
  constraint campaign_task_done check ((state = 'DONE') = (done_on is not null))
);
comment on table campaign_task is '挂图作战任务：任务、责任单位、责任人、完成时限、状态';
comment on column campaign_task.id is '编号';
comment on column campaign_task.campaign_id is '专项行动';
comment on column campaign_task.area_code is '组织单位所在区划';
comment on column campaign_task.grid_id is '安格（不用）';
comment on column campaign_task.enterprise_id is '监管对象（不用）';
comment on column campaign_task.line is '工作线';
comment on column campaign_task.ordinal is '次序';
comment on column campaign_task.title is '任务';
comment on column campaign_task.measure is '措施';
comment on column campaign_task.unit is '责任单位';
comment on column campaign_task.owner_id is '责任人';
comment on column campaign_task.owner_name is '责任人姓名（当时）';
comment on column campaign_task.starts_on is '开始日期';
comment on column campaign_task.due_on is '完成时限';
comment on column campaign_task.state is '状态';
comment on column campaign_task.progress is '进度（%）';
comment on column campaign_task.note is '最近进展';
comment on column campaign_task.reported_at is '最近报告时间';
comment on column campaign_task.done_on is '完成日期';
comment on column campaign_task.version is '版本';
create index campaign_task_campaign on campaign_task (campaign_id, line, ordinal);
create index campaign_task_owner on campaign_task (owner_id);

create table campaign_draw (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  no text not null constraint campaign_draw_no_unique unique,
  title text not null,
  state text not null,
  rules jsonb not null,
  pool jsonb not null,
  pool_size integer not null,
  pool_hash text not null,
  public_source text not null,
  public_at timestamptz not null,
  public_value text,
  seed text,
  result jsonb,
  changes jsonb not null default '[]',
  frozen_by uuid not null references person (id),
  frozen_by_name text not null,
  frozen_at timestamptz not null,
  drawn_by uuid references person (id),
  drawn_by_name text,
  drawn_at timestamptz,
  published_at timestamptz,
  void_reason text,
  version integer not null default 1,
  constraint campaign_draw_state check (state in ('FROZEN','DRAWN','PUBLISHED','VOID')),
  constraint campaign_draw_pool_some check (pool_size > 0),
  constraint campaign_draw_drawn check (state in ('FROZEN','VOID') or (seed is not null and result is not null and drawn_by is not null))
);
comment on table campaign_draw is '随机抽取：冻结的名单、承诺、种子、结果，任何人可重算';
comment on column campaign_draw.id is '编号';
comment on column campaign_draw.campaign_id is '专项行动';
comment on column campaign_draw.no is '抽取编号';
comment on column campaign_draw.title is '名称';
comment on column campaign_draw.state is '状态：已冻结、已抽取、已公示、作废';
comment on column campaign_draw.rules is '规则：分层、比例、备选、人员要求';
comment on column campaign_draw.pool is '冻结的对象、人员、回避关系';
comment on column campaign_draw.pool_size is '对象家数';
comment on column campaign_draw.pool_hash is '规则和名单的摘要（SHA-256）';
comment on column campaign_draw.public_source is '约定的公共随机值及其出处';
comment on column campaign_draw.public_at is '公共随机值何时产生；承诺和揭示须在此之前';
comment on column campaign_draw.public_value is '公共随机值';
comment on column campaign_draw.seed is '种子';
comment on column campaign_draw.result is '抽取结果';
comment on column campaign_draw.changes is '更换记录';
comment on column campaign_draw.frozen_by is '冻结人';
comment on column campaign_draw.frozen_by_name is '冻结人姓名（当时）';
comment on column campaign_draw.frozen_at is '冻结时间';
comment on column campaign_draw.drawn_by is '抽取人';
comment on column campaign_draw.drawn_by_name is '抽取人姓名（当时）';
comment on column campaign_draw.drawn_at is '抽取时间';
comment on column campaign_draw.published_at is '公示时间';
comment on column campaign_draw.void_reason is '作废理由';
comment on column campaign_draw.version is '版本';
create index campaign_draw_campaign on campaign_draw (campaign_id, frozen_at desc);
create index campaign_draw_frozen_by on campaign_draw (frozen_by);
create index campaign_draw_drawn_by on campaign_draw (drawn_by);

create table campaign_draw_party (
  draw_id uuid not null references campaign_draw (id),
  person_id uuid not null references person (id),
  ordinal smallint not null,
  name text not null,
  organisation text,
  commitment text not null,
  committed_at timestamptz not null,
  secret text,
  revealed_at timestamptz,
  primary key (draw_id, person_id),
  constraint campaign_draw_party_commitment check (commitment ~ '^[0-9a-f]{64}$'),
  constraint campaign_draw_party_revealed check ((secret is null) = (revealed_at is null))
);
comment on table campaign_draw_party is '抽取的承诺方：先交摘要，后揭示原文';
comment on column campaign_draw_party.draw_id is '抽取';
comment on column campaign_draw_party.person_id is '人员';
comment on column campaign_draw_party.ordinal is '次序';
comment on column campaign_draw_party.name is '姓名（当时）';
comment on column campaign_draw_party.organisation is '单位（当时）';
comment on column campaign_draw_party.commitment is '承诺（SHA-256）';
comment on column campaign_draw_party.committed_at is '承诺时间';
comment on column campaign_draw_party.secret is '揭示的原文';
comment on column campaign_draw_party.revealed_at is '揭示时间';
create index campaign_draw_party_person on campaign_draw_party (person_id);

-- What visits and hazards carry for counting: as of the event.
alter table visit add column team_id uuid;
comment on column visit.team_id is '所属行动小组';
create index visit_campaign on visit (campaign_id, business_date desc, id desc) where campaign_id is not null;
alter table hazard add column campaign_id uuid, add column team_id uuid;
comment on column hazard.campaign_id is '发现时所在的专项行动';
comment on column hazard.team_id is '发现的行动小组';
create index hazard_campaign on hazard (campaign_id, found_at desc, id desc) where campaign_id is not null;

/* 家数 are told apart by kind and never overlap (SEED-0: 47 parks, 193 firms, 1,309 places). */
create function campaign_sort(site_kind text) returns text language sql immutable as $$
  select case when site_kind in ('INDUSTRIAL_PARK', 'CHEMICAL_PARK', 'PARK_IN_PARK') then 'PARK'
    when site_kind in ('PRODUCTION_SITE', 'FACTORY_IN_FACTORY', 'WAREHOUSE', 'CONSTRUCTION_SITE', 'GAS_STATION', 'LPG_STATION') then 'FIRM' else 'PLACE' end $$;

create function campaign_count_visits() returns trigger language plpgsql as $$
begin
  if not exists (select from new_rows where campaign_id is not null) then return null; end if;
  if tg_op = 'UPDATE' then
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select d.campaign_id, left(d.area_code, 9) || '000', m.metric, coalesce(d.team_id::text, ''), sum(d.sign * m.n)
      from (select 1 as sign, n.campaign_id, n.team_id, n.area_code, n.state, n.outcome from new_rows n union all select -1, o.campaign_id, o.team_id, o.area_code, o.state, o.outcome from old_rows o) d
      cross join lateral (values ('VISITS', 1), ('CHECKS', case when d.outcome = 'CHECKED' then 1 else 0 end)) m (metric, n)
      where d.campaign_id is not null and d.state = 'DONE' group by 1, 2, 3, 4 having sum(d.sign * m.n) <> 0;
    update campaign_target t set visits = t.visits + x.visits, checks = t.checks + x.checks, state = case when t.state = 'DROPPED' then t.state when t.checks + x.checks > 0 then 'DONE' when t.team_id is null then 'TO_DO' else 'TAKEN' end,
        first_on = case when t.checks + x.checks > 0 then coalesce(t.first_on, x.day) end, last_on = case when x.checks > 0 then greatest(t.last_on, x.day) else t.last_on end, version = t.version + 1
      from (select d.campaign_id, d.site_id, sum(d.sign)::int as visits, sum(case when d.outcome = 'CHECKED' then d.sign else 0 end)::int as checks, max(d.business_date) as day
        from (select 1 as sign, n.campaign_id, n.site_id, n.state, n.outcome, n.business_date from new_rows n union all select -1, o.campaign_id, o.site_id, o.state, o.outcome, o.business_date from old_rows o) d
        where d.campaign_id is not null and d.state = 'DONE' group by 1, 2 having sum(d.sign) <> 0 or sum(case when d.outcome = 'CHECKED' then d.sign else 0 end) <> 0) x
      where t.campaign_id = x.campaign_id and t.site_id = x.site_id;
  else
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select n.campaign_id, left(n.area_code, 9) || '000', m.metric, coalesce(n.team_id::text, ''), sum(m.n)
      from new_rows n cross join lateral (values ('VISITS', 1), ('CHECKS', case when n.outcome = 'CHECKED' then 1 else 0 end)) m (metric, n)
      where n.campaign_id is not null and n.state = 'DONE' group by 1, 2, 3, 4 having sum(m.n) <> 0;
    update campaign_target t set visits = t.visits + x.visits, checks = t.checks + x.checks, state = case when t.state <> 'DROPPED' and x.checks > 0 then 'DONE' else t.state end,
        first_on = case when x.checks > 0 then coalesce(t.first_on, x.day) else t.first_on end, last_on = case when x.checks > 0 then greatest(t.last_on, x.day) else t.last_on end, version = t.version + 1
      from (select n.campaign_id, n.site_id, count(*)::int as visits, count(*) filter (where n.outcome = 'CHECKED')::int as checks, max(n.business_date) as day
        from new_rows n where n.campaign_id is not null and n.state = 'DONE' group by 1, 2) x
      where t.campaign_id = x.campaign_id and t.site_id = x.site_id;
  end if;
  -- A place nobody had listed, met on the way, is an object of the campaign from now on.
  insert into campaign_target (campaign_id, site_id, enterprise_id, area_code, grid_id, park_id, site_kind, sort, source, team_id, state, visits, checks, first_on, last_on)
    select n.campaign_id, n.site_id, n.enterprise_id, n.area_code, n.grid_id, n.park_id, s.kind, campaign_sort(s.kind), 'FOUND', (array_agg(n.team_id))[1], case when count(*) filter (where n.outcome = 'CHECKED') > 0 then 'DONE' else 'TO_DO' end,
      count(*)::int, count(*) filter (where n.outcome = 'CHECKED')::int, min(n.business_date) filter (where n.outcome = 'CHECKED'), max(n.business_date) filter (where n.outcome = 'CHECKED')
    from new_rows n join site s on s.id = n.site_id join campaign c on c.id = n.campaign_id where n.state = 'DONE'
      and not exists (select from campaign_target t where t.campaign_id = n.campaign_id and t.site_id = n.site_id) group by 1, 2, 3, 4, 5, 6, 7
    on conflict (campaign_id, site_id) do update set visits = campaign_target.visits + excluded.visits, checks = campaign_target.checks + excluded.checks,
      state = case when excluded.checks > 0 then 'DONE' else campaign_target.state end, first_on = coalesce(campaign_target.first_on, excluded.first_on), last_on = greatest(campaign_target.last_on, excluded.last_on);
  -- Who was there was on duty that business day.
  insert into campaign_attendance (campaign_id, business_date, person_id, team_id, state, how, at)
    select distinct on (n.campaign_id, n.business_date, p.person_id) n.campaign_id, n.business_date, p.person_id, n.team_id, 'PRESENT', 'VISIT', coalesce(n.arrived_at, n.created_at)
    from new_rows n join campaign c on c.id = n.campaign_id join visit_person p on p.visit_id = n.id and p.person_id is not null and p.part <> 'COMPANION' where n.state = 'DONE'
    on conflict (campaign_id, business_date, person_id) do update set state = 'PRESENT', reason = null where campaign_attendance.state <> 'PRESENT';
  return null;
end $$;
create trigger visit_campaign_insert after insert on visit referencing new table as new_rows for each statement execute function campaign_count_visits();
create trigger visit_campaign_update after update on visit referencing old table as old_rows new table as new_rows for each statement execute function campaign_count_visits();

create function campaign_count_hazards() returns trigger language plpgsql as $$
begin
  if not exists (select from new_rows where campaign_id is not null) then return null; end if;
  if tg_op = 'INSERT' then
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select h.campaign_id, h.street, m.metric, coalesce(h.team_id::text, ''), count(*)
      from new_rows h cross join lateral (values ('FOUND'), (case when h.level = 'MAJOR' then 'MAJOR' end), (case when h.state = 'CLOSED' then 'CLOSED' end), (case when h.state = 'CLOSED' and h.closed_how = 'ON_SITE' then 'FIXED' end)) m (metric)
      where h.campaign_id is not null and h.state not in ('DRAFT', 'VOID') and m.metric is not null group by 1, 2, 3, 4;
  else
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select d.campaign_id, d.street, m.metric, coalesce(d.team_id::text, ''), sum(d.sign)
      from (select 1 as sign, n.campaign_id, n.team_id, n.street, n.level, n.state, n.closed_how from new_rows n union all select -1, o.campaign_id, o.team_id, o.street, o.level, o.state, o.closed_how from old_rows o) d
      cross join lateral (values ('FOUND'), (case when d.level = 'MAJOR' then 'MAJOR' end), (case when d.state = 'CLOSED' then 'CLOSED' end), (case when d.state = 'CLOSED' and d.closed_how = 'ON_SITE' then 'FIXED' end)) m (metric)
      where d.campaign_id is not null and d.state not in ('DRAFT', 'VOID') and m.metric is not null group by 1, 2, 3, 4 having sum(d.sign) <> 0;
  end if;
  return null;
end $$;
create trigger hazard_campaign_insert after insert on hazard referencing new table as new_rows for each statement execute function campaign_count_hazards();
create trigger hazard_campaign_update after update on hazard referencing old table as old_rows new table as new_rows for each statement execute function campaign_count_hazards();

create function campaign_count_targets() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select t.campaign_id, left(t.area_code, 9) || '000', m.metric, t.wave::text, count(*)
      from new_rows t cross join lateral (values (t.state), (case when t.checks > 0 then t.sort end)) m (metric) where m.metric is not null group by 1, 2, 3, 4;
  else
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select d.campaign_id, left(d.area_code, 9) || '000', m.metric, d.wave::text, sum(d.sign)
      from (select 1 as sign, n.campaign_id, n.area_code, n.wave, n.state, n.checks, n.sort from new_rows n union all select -1, o.campaign_id, o.area_code, o.wave, o.state, o.checks, o.sort from old_rows o) d
      cross join lateral (values (d.state), (case when d.checks > 0 then d.sort end)) m (metric) where m.metric is not null group by 1, 2, 3, 4 having sum(d.sign) <> 0;
  end if;
  return null;
end $$;
create trigger campaign_target_counted_insert after insert on campaign_target referencing new table as new_rows for each statement execute function campaign_count_targets();
create trigger campaign_target_counted_update after update on campaign_target referencing old table as old_rows new table as new_rows for each statement execute function campaign_count_targets();
