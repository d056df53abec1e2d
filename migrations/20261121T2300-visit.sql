-- 走访: every contact with a site, its people, answers, scans, drafts, and the yearly ceilings.

-- Numbers come from a sequence, not from a counter row: 64 teams that record at once never wait for one another.
create sequence visit_no_seq minvalue 1 maxvalue 999999 cycle;

create table visit (
  id uuid primary key,
  no text not null constraint visit_no_unique unique,
  kind text not null,
  enterprise_id uuid not null references enterprise (id),
  site_id uuid not null references site (id),
  area_code text collate "C" not null references area (code),
  grid_id uuid references grid (id),
  park_id uuid references park (id),
  agency_id uuid references organisation (id),
  state text not null,
  business_date date not null,
  planned_on date,
  urgent boolean not null default false,
  purpose text not null default '',
  task_source text,
  clue_kind text,
  clue_no text,
  plan_reference text,
  joint_departments text[] not null default '{}',
  joint_id uuid,
  campaign_id uuid,
  within_visit_id uuid references visit (id),
  converted_from_id uuid references visit (id),
  version_ids uuid[] not null default '{}',
  needs_cooperation boolean not null default true,
  counts_to_cap boolean not null,
  cap_override_reason text,
  submitted_at timestamptz,
  submitted_by uuid references person (id),
  decided_at timestamptz,
  decided_by uuid references person (id),
  decided_by_name text,
  opinion text,
  papers_due_at timestamptz,
  arrived_at timestamptz,
  left_at timestamptz,
  id_shown_at timestamptz,
  informed_at timestamptz,
  scanned boolean not null default false,
  outcome text,
  outcome_note text,
  signature text,
  sign_refusal_reason text,
  witness_name text,
  witness_identity text,
  companion_name text,
  companion_duty text,
  finding_count integer not null default 0,
  fixed_count integer not null default 0,
  major_count integer not null default 0,
  answer_count integer not null default 0,
  complied_count integer not null default 0,
  not_applicable_count integer not null default 0,
  patrol_valid boolean,
  patrol_notes text[] not null default '{}',
  note text,
  created_by uuid not null references person (id),
  created_at timestamptz not null,
  recorded_by uuid references person (id),
  recorded_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  constraint visit_kind check (kind in ('ADMIN_DAILY','ADMIN_SPECIAL','ADMIN_CASE','ADMIN_OFFSITE','PATROL','GUIDANCE','SELF_CHECK','THIRD_PARTY','PHONE','JOINT')),
  constraint visit_state check (state in ('PLANNED','PENDING_APPROVAL','APPROVED','REFUSED','IN_PROGRESS','DONE','VOID')),
  constraint visit_outcome check (outcome in ('CHECKED','LOCKED','CLOSED','MOVED','VACANT','REFUSED_ENTRY','OTHER')),
  constraint visit_clue_kind check (clue_kind in ('COMPLAINT','TRANSFERRED','WARNING','ACCIDENT','REINSPECTION','CONVERTED')),
  constraint visit_task_source check (task_source in ('ANNUAL_PLAN','RANDOM_DRAW','SPECIAL_PLAN','CLUE','INVITATION','PROGRAMME','GRID_PLAN','DUTY_PLAN','OWN')),
  constraint visit_signature check (signature in ('SIGNED','REFUSED','NOT_NEEDED')),
  constraint visit_case_has_clue check (kind <> 'ADMIN_CASE' or clue_kind is not null),
  constraint visit_urgent_only_case check (not urgent or kind = 'ADMIN_CASE'),
  constraint visit_within_only_third_party check ((kind = 'THIRD_PARTY') = (within_visit_id is not null)),
  constraint visit_done_has_outcome check (state <> 'DONE' or (outcome is not null and arrived_at is not null and left_at is not null)),
  constraint visit_only_checked_has_answers check (answer_count = 0 or outcome = 'CHECKED'),
  constraint visit_left_after_arrived check (left_at >= arrived_at),
  constraint visit_decision_has_name check ((decided_at is null) = (decided_by is null)),
  constraint visit_refused_has_opinion check (state <> 'REFUSED' or opinion <> ''),
  constraint visit_void_has_reason check ((state = 'VOID') = (void_reason is not null)),
  constraint visit_refusal_has_witness check (signature <> 'REFUSED' or (sign_refusal_reason is not null and witness_name is not null)),
  constraint visit_counts check (fixed_count >= 0 and fixed_count <= finding_count and major_count <= finding_count)
);
comment on table visit is '走访：与监管对象的每一次接触，方式不同，法律后果不同';
comment on column visit.id is '编号（由发起端生成）';
comment on column visit.no is '检查编号，如 INS-20260305-990101-000001';
comment on column visit.kind is '走访方式：行政检查、网格巡查、指导服务等';
comment on column visit.enterprise_id is '监管对象（当时）';
comment on column visit.site_id is '场所';
comment on column visit.area_code is '统计管辖区划（当时）';
comment on column visit.grid_id is '安格（当时）';
comment on column visit.park_id is '园区（当时）';
comment on column visit.agency_id is '执法主体';
comment on column visit.state is '状态';
comment on column visit.business_date is '业务日期：18:00至次日05:59的夜查计入开始之日';
comment on column visit.planned_on is '计划日期';
comment on column visit.urgent is '紧急情形：先检查并即时报告，24小时内补办审批';
comment on column visit.purpose is '检查事由';
comment on column visit.task_source is '任务来源';
comment on column visit.clue_kind is '线索种类（个案检查必有）';
comment on column visit.clue_no is '线索编号';
comment on column visit.plan_reference is '专项方案、邀请或服务计划的名称文号';
comment on column visit.joint_departments is '联合检查的参加部门';
comment on column visit.joint_id is '同一次联合检查的编号：多处场所只计一次';
comment on column visit.campaign_id is '所属专项行动';
comment on column visit.within_visit_id is '第三方协助所依附的行政检查';
comment on column visit.converted_from_id is '由哪次指导服务转来';
comment on column visit.version_ids is '所用检查表版本';
comment on column visit.needs_cooperation is '非现场检查是否需要企业配合';
comment on column visit.counts_to_cap is '是否计入年度频次上限';
comment on column visit.cap_override_reason is '超出频次上限仍检查的理由（仅限线索）';
comment on column visit.submitted_at is '报批时间';
comment on column visit.submitted_by is '报批人';
comment on column visit.decided_at is '审批时间';
comment on column visit.decided_by is '审批人';
comment on column visit.decided_by_name is '审批人姓名（当时）';
comment on column visit.opinion is '审批意见';
comment on column visit.papers_due_at is '紧急检查补办审批的最后时间';
comment on column visit.arrived_at is '到场时间';
comment on column visit.left_at is '离场时间';
comment on column visit.id_shown_at is '出示证件时间';
comment on column visit.informed_at is '告知事由、依据和权利的时间';
comment on column visit.scanned is '是否已扫码入企';
comment on column visit.outcome is '走访结果：只有“已检查”算检查';
comment on column visit.outcome_note is '结果说明';
comment on column visit.signature is '企业签字情况';
comment on column visit.sign_refusal_reason is '拒签理由';
comment on column visit.witness_name is '见证人';
comment on column visit.witness_identity is '见证人身份';
comment on column visit.companion_name is '企业陪同人员';
comment on column visit.companion_duty is '陪同人员职务';
comment on column visit.finding_count is '发现隐患数';
comment on column visit.fixed_count is '现场整改数';
comment on column visit.major_count is '重大事故隐患数';
comment on column visit.answer_count is '作答项数';
comment on column visit.complied_count is '符合项数';
comment on column visit.not_applicable_count is '不适用项数';
comment on column visit.patrol_valid is '是否有效巡查（只作说明，不作处罚）';
comment on column visit.patrol_notes is '未满足有效巡查的事项';
comment on column visit.note is '备注';
comment on column visit.created_by is '登记人';
comment on column visit.created_at is '登记时间';
comment on column visit.recorded_by is '记录人';
comment on column visit.recorded_at is '记录入库时间';
comment on column visit.voided_at is '作废时间';
comment on column visit.void_reason is '作废理由';
comment on column visit.version is '版本';
create index visit_enterprise on visit (enterprise_id, business_date desc);
create index visit_site on visit (site_id, business_date desc);
create index visit_area on visit (area_code, business_date desc, id desc);
create index visit_grid on visit (grid_id, business_date desc);
create index visit_park on visit (park_id);
create index visit_agency on visit (agency_id);
create index visit_within on visit (within_visit_id) where within_visit_id is not null;
create index visit_converted_from on visit (converted_from_id) where converted_from_id is not null;
create index visit_open on visit (state, business_date) where state in ('PLANNED','PENDING_APPROVAL','APPROVED','IN_PROGRESS');
create index visit_submitted_by on visit (submitted_by);
create index visit_decided_by on visit (decided_by);
create index visit_created_by on visit (created_by);
create index visit_recorded_by on visit (recorded_by);

create table visit_person (
  visit_id uuid not null references visit (id),
  ordinal smallint not null,
  person_id uuid references person (id),
  name text not null,
  organisation text,
  part text not null,
  certificate_no text,
  certificate_valid_to date,
  conflict_declared boolean not null default false,
  conflict text,
  primary key (visit_id, ordinal),
  constraint visit_person_part check (part in ('OFFICER','EXPERT','GRID','ASSISTANT','COMPANION')),
  constraint visit_person_officer_known check (part <> 'OFFICER' or person_id is not null),
  constraint visit_person_officer_recused check (part <> 'OFFICER' or conflict is null)
);
comment on table visit_person is '走访人员：执法人员、专家、网格、辅助、企业陪同';
comment on column visit_person.visit_id is '走访';
comment on column visit_person.ordinal is '顺序';
comment on column visit_person.person_id is '人员';
comment on column visit_person.name is '姓名（当时）';
comment on column visit_person.organisation is '单位（当时）';
comment on column visit_person.part is '身份';
comment on column visit_person.certificate_no is '执法证号（检查当日有效）';
comment on column visit_person.certificate_valid_to is '执法证有效期至';
comment on column visit_person.conflict_declared is '已声明与检查对象无利害关系';
comment on column visit_person.conflict is '利害关系，须回避';
create index visit_person_person on visit_person (person_id, visit_id);

create table visit_answer (
  visit_id uuid not null references visit (id),
  version_id uuid not null,
  item_code text not null,
  answer text not null,
  reason text,
  note text not null default '',
  by_rest boolean not null default false,
  photos uuid[] not null default '{}',
  hazard_id uuid,
  primary key (visit_id, version_id, item_code),
  constraint visit_answer_value check (answer in ('COMPLIES','FAILS','FIXED','NOT_APPLICABLE')),
  constraint visit_answer_reason check ((answer = 'NOT_APPLICABLE') = (reason is not null)),
  constraint visit_answer_by_rest check (not by_rest or answer = 'COMPLIES')
);
comment on table visit_answer is '检查表作答';
comment on column visit_answer.visit_id is '走访';
comment on column visit_answer.version_id is '检查表版本';
comment on column visit_answer.item_code is '检查项';
comment on column visit_answer.answer is '结果：符合、不符合、现场已改、不适用';
comment on column visit_answer.reason is '不适用的理由';
comment on column visit_answer.note is '说明';
comment on column visit_answer.by_rest is '由“本类其余均符合”一并作答';
comment on column visit_answer.photos is '照片';
comment on column visit_answer.hazard_id is '由此形成的隐患';
create index visit_answer_item on visit_answer (version_id, item_code);

create table visit_scan (
  id uuid primary key,
  visit_id uuid not null references visit (id),
  moment text not null,
  scanned_at timestamptz not null,
  made_at timestamptz not null,
  reason text,
  person_id uuid not null references person (id),
  constraint visit_scan_moment check (moment in ('BEFORE','BEFORE_LEAVING','ADDED')),
  constraint visit_scan_added_reason check (moment <> 'ADDED' or reason is not null)
);
comment on table visit_scan is '扫码入企记录';
comment on column visit_scan.id is '编号';
comment on column visit_scan.visit_id is '走访';
comment on column visit_scan.moment is '时机：检查前、离开前（紧急）、事后补录';
comment on column visit_scan.scanned_at is '扫码时间；补录为到场时间';
comment on column visit_scan.made_at is '入库时间';
comment on column visit_scan.reason is '补录理由';
comment on column visit_scan.person_id is '扫码人';
create index visit_scan_visit on visit_scan (visit_id);
create index visit_scan_person on visit_scan (person_id);

create table visit_draft (
  visit_id uuid not null references visit (id),
  person_id uuid not null references person (id),
  answers jsonb not null,
  saved_at timestamptz not null,
  version integer not null,
  primary key (visit_id, person_id)
);
comment on table visit_draft is '未完成的作答草稿，办结即删';
comment on column visit_draft.visit_id is '走访';
comment on column visit_draft.person_id is '作答人';
comment on column visit_draft.answers is '作答，按“版本/检查项”为键';
comment on column visit_draft.saved_at is '保存时间';
comment on column visit_draft.version is '版本';
create index visit_draft_person on visit_draft (person_id);

create table inspection_cap (
  id uuid primary key,
  area_code text collate "C" not null references area (code),
  year smallint not null,
  industry_class text not null,
  standard_level text not null,
  cap_per_year smallint,
  agency_level text not null,
  source_doc text not null,
  set_by uuid references person (id),
  version integer not null default 1,
  constraint inspection_cap_class check (industry_class in ('HAZCHEM_METALLURGY','HIGH_RISK','OTHER')),
  constraint inspection_cap_level check (standard_level in ('FIRST','SECOND','THIRD','NONE')),
  constraint inspection_cap_agency check (agency_level in ('DISTRICT','CITY','PROVINCE')),
  constraint inspection_cap_number check (cap_per_year between 0 and 365)
);
comment on table inspection_cap is '年度检查频次上限；未填写即未配置，只提示不拦截';
comment on column inspection_cap.id is '编号';
comment on column inspection_cap.area_code is '适用区划';
comment on column inspection_cap.year is '年度';
comment on column inspection_cap.industry_class is '行业类别';
comment on column inspection_cap.standard_level is '标准化等级';
comment on column inspection_cap.cap_per_year is '每年次数上限';
comment on column inspection_cap.agency_level is '执法层级';
comment on column inspection_cap.source_doc is '依据文件';
comment on column inspection_cap.set_by is '设定人';
comment on column inspection_cap.version is '版本';
create unique index inspection_cap_unique on inspection_cap (area_code, year, industry_class, standard_level, agency_level);
create index inspection_cap_set_by on inspection_cap (set_by);

comment on sequence visit_no_seq is '检查编号的顺序号，循环使用，编号另含日期';
