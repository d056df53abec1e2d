-- 隐患: one row per hazard, folded from its events; counters maintained beside it; 挂牌督办 of major ones.

-- Numbers come from a sequence and not from a counter row per day: a hot row would line up all writers. Gaps are allowed.
create sequence hazard_number as bigint minvalue 1 maxvalue 999999 cycle;

create table hazard (
  id uuid primary key,
  no text not null constraint hazard_no_unique unique,
  enterprise_id uuid not null references enterprise (id),
  enterprise_name text not null,
  site_id uuid not null references site (id),
  site_name text not null,
  area_code text collate "C" not null,
  county text collate "C" generated always as (left(area_code, 6)) stored,
  street text collate "C" generated always as (left(area_code, 9) || '000') stored,
  grid_id uuid references grid (id),
  park_id uuid references park (id),
  source text not null,
  source_id uuid,
  item_code text,
  version_id uuid,
  category text not null,
  location text not null,
  description text not null,
  words text[] not null,
  level text not null,
  immediate_stop boolean not null,
  stop_in_force boolean not null default false,
  clause_id text,
  clause_mode text,
  requirement text not null,
  legal_basis jsonb not null,
  default_days integer not null,
  evidence text not null,
  found_at timestamptz not null,
  found_on date not null,
  found_by uuid[] not null,
  confirm_due_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by uuid[] not null default '{}',
  opinions jsonb not null default '[]',
  fix_claimed boolean not null default false,
  verify_due_at timestamptz,
  due_on date,
  original_due_on date,
  runs_to date,
  late boolean not null default false,
  state text not null,
  round integer not null default 0,
  extensions integer not null default 0,
  order_id uuid,
  order_no text,
  ordered_at timestamptz,
  plan jsonb,
  submitted_at timestamptz,
  reinspect_due_on date,
  reinspectors uuid[] not null default '{}',
  last_reinspectors uuid[] not null default '{}',
  pending jsonb,
  transfer jsonb,
  transfer_due_on date,
  frozen jsonb,
  next_check_on date,
  closed_at timestamptz,
  closed_on date,
  closed_how text,
  closed_by uuid[] not null default '{}',
  recurrence_of uuid references hazard (id),
  recurrence boolean not null default false,
  dedupe_key text not null,
  sightings integer not null default 1,
  escalation integer not null default 0,
  reminded_on date,
  void_code text,
  appealed boolean not null default false,
  version integer not null,
  constraint hazard_source check (source in ('INSPECTION','PATROL','SELF_CHECK','EXPERT','ALARM','HOTLINE','REPORTER','CAMPAIGN','RESUME_CHECK')),
  constraint hazard_level check (level in ('GENERAL','MAJOR')),
  constraint hazard_state check (state in ('DRAFT','REPORTED','CONFIRMED','FIXED_ON_SITE','ORDERED','RECTIFYING','SUBMITTED','REINSPECTING','CLOSED','TRANSFERRED','TRANSFER_CLOSED','FROZEN','VOID')),
  constraint hazard_evidence check (evidence in ('PHOTO','NONE')),
  constraint hazard_closed_how check (closed_how in ('ON_SITE','REINSPECTION')),
  constraint hazard_closed_complete check ((state = 'CLOSED') = (closed_at is not null and closed_how is not null)),
  constraint hazard_major_has_clause check (level <> 'MAJOR' or state in ('DRAFT','REPORTED','VOID','TRANSFERRED','TRANSFER_CLOSED') or clause_id is not null),
  constraint hazard_due_after_found check (due_on is null or due_on >= found_on),
  constraint hazard_due_never_shorter check (due_on is null or original_due_on is null or due_on >= original_due_on or round > 0),
  constraint hazard_running_state check (runs_to is null or state in ('ORDERED','RECTIFYING','SUBMITTED','REINSPECTING')),
  constraint hazard_two_extensions check (extensions between 0 and 2),
  constraint hazard_escalation check (escalation between 0 and 5),
  constraint hazard_default_days check (default_days between 0 and 30),
  constraint hazard_found_by_somebody check (cardinality(found_by) > 0)
);
comment on table hazard is '隐患：闭环台账，由事件折叠而成';
comment on column hazard.id is '编号（由发起端生成）';
comment on column hazard.no is '隐患编号 HZ-日期-区县-序号；序号只保证不重，允许空号';
comment on column hazard.enterprise_id is '监管对象';
comment on column hazard.enterprise_name is '监管对象名称（当时）';
comment on column hazard.site_id is '场所';
comment on column hazard.site_name is '场所名称（当时）';
comment on column hazard.area_code is '统计管辖区划（当时）';
comment on column hazard.county is '区县六位，供定位';
comment on column hazard.street is '街道十二位，供定位';
comment on column hazard.grid_id is '安格（当时）';
comment on column hazard.park_id is '园区（当时）';
comment on column hazard.source is '来源';
comment on column hazard.source_id is '来源记录，如走访';
comment on column hazard.item_code is '检查项编号';
comment on column hazard.version_id is '检查表版本';
comment on column hazard.category is '隐患类别';
comment on column hazard.location is '部位';
comment on column hazard.description is '隐患描述';
comment on column hazard.words is '检索用二字组';
comment on column hazard.level is '等级';
comment on column hazard.immediate_stop is '须立即停用（动作标志，不是等级）';
comment on column hazard.stop_in_force is '停用、停产措施尚未解除';
comment on column hazard.clause_id is '判定条款';
comment on column hazard.clause_mode is '判定方式：缺失、失效';
comment on column hazard.requirement is '整改要求';
comment on column hazard.legal_basis is '依据';
comment on column hazard.default_days is '检查项默认期限（天）';
comment on column hazard.evidence is '佐证要求';
comment on column hazard.found_at is '发现时间';
comment on column hazard.found_on is '发现的业务日期（夜班计入开始之日）';
comment on column hazard.found_by is '发现人';
comment on column hazard.confirm_due_at is '核定最迟时间（C1）';
comment on column hazard.confirmed_at is '核定时间';
comment on column hazard.confirmed_by is '核定人';
comment on column hazard.opinions is '重大隐患的专家意见或科室会审';
comment on column hazard.fix_claimed is '发现人称已当场整改';
comment on column hazard.verify_due_at is '当场整改核实最迟时间（C2）';
comment on column hazard.due_on is '整改期限';
comment on column hazard.original_due_on is '最初的整改期限';
comment on column hazard.runs_to is '计时到哪天：逾期按它计；不在计时为空';
comment on column hazard.late is '曾逾期，销号前不消除';
comment on column hazard.state is '状态';
comment on column hazard.round is '第几轮整改';
comment on column hazard.extensions is '已延期次数';
comment on column hazard.order_id is '责令文书';
comment on column hazard.order_no is '责令文书文号';
comment on column hazard.ordered_at is '送达时间';
comment on column hazard.plan is '五落实：措施、责任、资金、时限、预案';
comment on column hazard.submitted_at is '提交整改时间';
comment on column hazard.reinspect_due_on is '复查最迟日期（R2）';
comment on column hazard.reinspectors is '本轮复查人员';
comment on column hazard.last_reinspectors is '上一轮复查人员';
comment on column hazard.pending is '正在等批准的事项：延期、移送、销号';
comment on column hazard.transfer is '移送去向与材料';
comment on column hazard.transfer_due_on is '移送回执最迟日期（X1）';
comment on column hazard.frozen is '冻结的缘由';
comment on column hazard.next_check_on is '冻结期间下次核查日期';
comment on column hazard.closed_at is '销号时间';
comment on column hazard.closed_on is '销号的业务日期';
comment on column hazard.closed_how is '如何销号';
comment on column hazard.closed_by is '销号人员';
comment on column hazard.recurrence_of is '重复发生时，前一条隐患';
comment on column hazard.recurrence is '销号后又发生';
comment on column hazard.dedupe_key is '同场所同部位同项目的去重键';
comment on column hazard.sightings is '被发现次数，只计一条隐患';
comment on column hazard.escalation is '逾期提级 E1–E5';
comment on column hazard.reminded_on is '最近一次提醒的日期';
comment on column hazard.void_code is '作废原因';
comment on column hazard.appealed is '作废后已申诉过一次';
comment on column hazard.version is '版本';
comment on sequence hazard_number is '隐患编号的序号，一日内不重';

-- An open hazard is the same thing seen again: the second report becomes a sighting.
create unique index hazard_dedupe_open on hazard (dedupe_key) where state not in ('CLOSED','VOID','TRANSFER_CLOSED');
create index hazard_dedupe_closed on hazard (dedupe_key, closed_at) where state = 'CLOSED';
-- Lists: whole counties and streets are one equality, so that the order comes out of the index.
create index hazard_county_found on hazard (county, found_at desc, id desc);
create index hazard_street_found on hazard (street, found_at desc, id desc);
create index hazard_county_state on hazard (county, state, found_at desc, id desc);
create index hazard_area on hazard (area_code, found_at desc, id desc);
create index hazard_enterprise on hazard (enterprise_id, found_at desc);
create index hazard_site on hazard (site_id);
create index hazard_grid on hazard (grid_id, found_at desc);
create index hazard_park on hazard (park_id);
create index hazard_source_record on hazard (source_id) where source_id is not null;
create index hazard_recurrence on hazard (recurrence_of);
create index hazard_words on hazard using gin (words) with (fastupdate = off);
-- Only some thousands of rows are open however long the history grows.
create index hazard_open_found on hazard (found_at desc, id desc) where state not in ('CLOSED','VOID','TRANSFER_CLOSED');
create index hazard_open_street on hazard (street, found_at desc, id desc) where state not in ('CLOSED','VOID','TRANSFER_CLOSED');
create index hazard_open_state on hazard (state, found_at desc, id desc) where state not in ('CLOSED','VOID','TRANSFER_CLOSED');
create index hazard_open_due on hazard ((coalesce(due_on, '9999-12-31'::date)), id) where state not in ('CLOSED','VOID','TRANSFER_CLOSED');
create index hazard_open_enterprise on hazard (enterprise_id) where state not in ('CLOSED','VOID','TRANSFER_CLOSED');
create index hazard_running on hazard (runs_to, id) where runs_to is not null;
create index hazard_major_found on hazard (found_at desc, id desc) where level = 'MAJOR';

create table hazard_sighting (
  id uuid primary key,
  hazard_id uuid not null references hazard (id),
  at timestamptz not null,
  by uuid[] not null,
  source text not null,
  source_id uuid,
  description text not null,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid
);
comment on table hazard_sighting is '再次发现：同一隐患未销号前又被发现，只计一条';
comment on column hazard_sighting.id is '编号';
comment on column hazard_sighting.hazard_id is '隐患';
comment on column hazard_sighting.at is '发现时间';
comment on column hazard_sighting.by is '发现人';
comment on column hazard_sighting.source is '来源';
comment on column hazard_sighting.source_id is '来源记录';
comment on column hazard_sighting.description is '描述';
comment on column hazard_sighting.area_code is '区划（当时）';
comment on column hazard_sighting.grid_id is '安格（当时）';
comment on column hazard_sighting.enterprise_id is '监管对象';
create index hazard_sighting_of on hazard_sighting (hazard_id);
create index hazard_sighting_source on hazard_sighting (source_id) where source_id is not null;

-- Counters: every write appends what changed, a job folds it. Figure = counter + what is not folded yet, always exact.
create table hazard_count (
  street text collate "C" not null,
  state text not null,
  level text not null,
  runs_to date not null,
  n integer not null,
  primary key (street, state, level, runs_to)
);
comment on table hazard_count is '隐患计数：按街道、状态、等级、计时到期日';
comment on column hazard_count.street is '街道区划';
comment on column hazard_count.state is '状态';
comment on column hazard_count.level is '等级';
comment on column hazard_count.runs_to is '计时到哪天；不在计时为 9999-12-31';
comment on column hazard_count.n is '宗数';

create table hazard_count_delta (
  id bigint generated always as identity primary key,
  street text collate "C" not null,
  state text not null,
  level text not null,
  runs_to date not null,
  n integer not null
);
comment on table hazard_count_delta is '隐患计数的增减，待折叠';
comment on column hazard_count_delta.id is '编号';
comment on column hazard_count_delta.street is '街道区划';
comment on column hazard_count_delta.state is '状态';
comment on column hazard_count_delta.level is '等级';
comment on column hazard_count_delta.runs_to is '计时到哪天；不在计时为 9999-12-31';
comment on column hazard_count_delta.n is '增减';

-- Rows live for seconds: eager cleaning, as for every table of differences.
alter table hazard_count_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

create table hazard_supervision (
  id uuid primary key,
  hazard_id uuid not null references hazard (id),
  no text constraint hazard_supervision_no_unique unique,
  state text not null,
  level text not null,
  why text not null,
  duty_unit text,
  duty_person text,
  proposed_at timestamptz not null,
  listed_at timestamptz,
  published_on date,
  deadline date,
  report_due_on date,
  last_report text,
  extended boolean not null default false,
  verified_by uuid[] not null default '{}',
  expert_name text,
  delisted_at timestamptz,
  outcome text,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid references enterprise (id),
  version integer not null,
  constraint hazard_supervision_state check (state in ('PROPOSED','LISTED','APPLY_DELIST','VERIFIED','DELISTED','DECLINED')),
  constraint hazard_supervision_level check (level in ('STREET','DISTRICT','CITY','PROVINCE')),
  constraint hazard_supervision_listed_complete check (state in ('PROPOSED','DECLINED') or (no is not null and duty_unit is not null and duty_person is not null and deadline is not null))
);
comment on table hazard_supervision is '挂牌督办：重大事故隐患的督办过程';
comment on column hazard_supervision.id is '编号';
comment on column hazard_supervision.hazard_id is '隐患';
comment on column hazard_supervision.no is '督办文号';
comment on column hazard_supervision.state is '状态';
comment on column hazard_supervision.level is '挂牌层级';
comment on column hazard_supervision.why is '提请理由';
comment on column hazard_supervision.duty_unit is '责任单位';
comment on column hazard_supervision.duty_person is '责任人';
comment on column hazard_supervision.proposed_at is '提请时间';
comment on column hazard_supervision.listed_at is '挂牌时间';
comment on column hazard_supervision.published_on is '公示日期';
comment on column hazard_supervision.deadline is '督办期限';
comment on column hazard_supervision.report_due_on is '下次进展报告日期';
comment on column hazard_supervision.last_report is '最近一次进展';
comment on column hazard_supervision.extended is '已延长一次';
comment on column hazard_supervision.verified_by is '现场核查人员';
comment on column hazard_supervision.expert_name is '参加核查的专家';
comment on column hazard_supervision.delisted_at is '摘牌时间';
comment on column hazard_supervision.outcome is '摘牌结论或不予挂牌的理由';
comment on column hazard_supervision.area_code is '区划（当时）';
comment on column hazard_supervision.grid_id is '安格（当时）';
comment on column hazard_supervision.enterprise_id is '监管对象';
comment on column hazard_supervision.version is '版本';
create unique index hazard_supervision_open on hazard_supervision (hazard_id) where state not in ('DELISTED','DECLINED');
create index hazard_supervision_hazard on hazard_supervision (hazard_id);
create index hazard_supervision_area on hazard_supervision (area_code, proposed_at desc);
create index hazard_supervision_enterprise on hazard_supervision (enterprise_id);
