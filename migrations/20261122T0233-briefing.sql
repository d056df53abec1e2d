-- Numbers frozen with their list, and the reports that print them. A frozen figure, its list and a published edition never change:
-- a correction is a new version beside the old (domain G1).

create table snapshot (
  id uuid primary key,
  series_id uuid not null,
  number integer not null,
  title text not null,
  from_day date not null,
  to_day date not null,
  cut_off timestamptz not null,
  campaign_id uuid references campaign (id),
  areas text[] not null default '{}',
  units jsonb not null,
  daily jsonb not null,
  hash text not null,
  reason text,
  corrected_by uuid references snapshot (id),
  frozen_by uuid not null references person (id),
  frozen_by_name text not null,
  frozen_at timestamptz not null,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  version integer not null default 1,
  constraint snapshot_span check (to_day >= from_day),
  constraint snapshot_number unique (series_id, number),
  constraint snapshot_correction_reason check ((number = 1) = (reason is null))
);
create index snapshot_campaign on snapshot (campaign_id);
create index snapshot_corrected_by on snapshot (corrected_by);
create index snapshot_frozen_by on snapshot (frozen_by);
create index snapshot_area on snapshot (area_code, frozen_at desc);
comment on table snapshot is '统计快照：某一范围、期间在截止时间的一组数，冻结后只以新版本更正';
comment on column snapshot.id is '编号';
comment on column snapshot.series_id is '同一快照各版本共用的编号（首版编号）';
comment on column snapshot.number is '第几版';
comment on column snapshot.title is '名称';
comment on column snapshot.from_day is '期间首日';
comment on column snapshot.to_day is '期间末日';
comment on column snapshot.cut_off is '数据截至';
comment on column snapshot.campaign_id is '专项行动，不限为空';
comment on column snapshot.areas is '区划范围，空为本人管辖全部';
comment on column snapshot.units is '应报单位：街道或小组，是否已报、未办结数';
comment on column snapshot.daily is '逐日发现、销号、检查数';
comment on column snapshot.hash is '全部指标和名单摘要的摘要';
comment on column snapshot.reason is '更正理由，首版为空';
comment on column snapshot.corrected_by is '被哪一版更正';
comment on column snapshot.frozen_by is '冻结人';
comment on column snapshot.frozen_by_name is '冻结人姓名';
comment on column snapshot.frozen_at is '冻结时间';
comment on column snapshot.area_code is '冻结人所在区划';
comment on column snapshot.grid_id is '管辖范围用，恒为空';
comment on column snapshot.enterprise_id is '管辖范围用，恒为空';
comment on column snapshot.version is '版本';

create table snapshot_figure (
  snapshot_id uuid not null references snapshot (id),
  metric text not null,
  ordinal smallint not null,
  name text not null,
  definition text not null,
  definition_version integer not null,
  changed_on date,
  nature text not null,
  once text not null,
  unit text not null,
  digits smallint not null,
  opens text not null,
  value integer,
  numerator integer,
  denominator integer,
  "of" text[] not null,
  before integer,
  source text,
  members text[],
  members_hash text,
  primary key (snapshot_id, metric),
  constraint snapshot_figure_nature check (nature in ('FLOW','STOCK','DISTINCT','RATE')),
  constraint snapshot_figure_list check (members is null or cardinality(members) = value),
  constraint snapshot_figure_rate check ((nature = 'RATE') = (value is null))
);
comment on table snapshot_figure is '快照中的一个指标：数、分子分母、当时的口径和名单';
comment on column snapshot_figure.snapshot_id is '快照';
comment on column snapshot_figure.metric is '指标代码';
comment on column snapshot_figure.ordinal is '次序';
comment on column snapshot_figure.name is '指标名称';
comment on column snapshot_figure.definition is '口径';
comment on column snapshot_figure.definition_version is '口径版本';
comment on column snapshot_figure.changed_on is '期间内口径变更日';
comment on column snapshot_figure.nature is '流量、存量、去重、比率';
comment on column snapshot_figure.once is '去重口径';
comment on column snapshot_figure.unit is '量词';
comment on column snapshot_figure.digits is '小数位';
comment on column snapshot_figure.opens is '名单所在登记簿';
comment on column snapshot_figure.value is '数；比率为空';
comment on column snapshot_figure.numerator is '分子';
comment on column snapshot_figure.denominator is '分母';
comment on column snapshot_figure."of" is '分子、分母的指标代码';
comment on column snapshot_figure.before is '上年同期';
comment on column snapshot_figure.source is '录入数的来源';
comment on column snapshot_figure.members is '计入的记录编号';
comment on column snapshot_figure.members_hash is '名单摘要';

create table briefing (
  id uuid primary key,
  kind text not null,
  issue text not null,
  title text not null,
  snapshot_id uuid not null references snapshot (id),
  body text not null,
  wording jsonb not null,
  sources jsonb not null,
  writers uuid[] not null,
  credit jsonb not null,
  state text not null,
  written_at timestamptz not null,
  submitted_by uuid references person (id),
  submitted_at timestamptz,
  approved_by uuid references person (id),
  approved_at timestamptz,
  returned_why text,
  correction text,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_why text,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  version integer not null default 1,
  constraint briefing_kind check (kind in ('WAR','WEEKLY','SPECIAL','EXPERIENCE')),
  constraint briefing_state check (state in ('DRAFT','SUBMITTED','RETURNED','APPROVED','PUBLISHED','CORRECTING','WITHDRAWN')),
  constraint briefing_writer_approves check (approved_by is null or not (approved_by = any(writers))),
  constraint briefing_approved check (state not in ('APPROVED','PUBLISHED') or approved_by is not null),
  constraint briefing_withdrawn check ((state = 'WITHDRAWN') = (withdrawn_why is not null))
);
create index briefing_snapshot on briefing (snapshot_id);
create index briefing_submitted_by on briefing (submitted_by);
create index briefing_approved_by on briefing (approved_by);
create index briefing_area on briefing (area_code, written_at desc);
comment on table briefing is '简报：战报、周报、专报、经验材料';
comment on column briefing.id is '编号（由发起端生成）';
comment on column briefing.kind is '种类';
comment on column briefing.issue is '期号';
comment on column briefing.title is '标题';
comment on column briefing.snapshot_id is '所依据的快照';
comment on column briefing.body is '正文，数字以占位符引自快照';
comment on column briefing.wording is '数字写法和隐患量词';
comment on column briefing.sources is '另有来源的数字和说法';
comment on column briefing.writers is '撰稿人';
comment on column briefing.credit is '署名：撰稿、责编、审核';
comment on column briefing.state is '状态';
comment on column briefing.written_at is '起草时间';
comment on column briefing.submitted_by is '送审人';
comment on column briefing.submitted_at is '送审时间';
comment on column briefing.approved_by is '核准人';
comment on column briefing.approved_at is '核准时间';
comment on column briefing.returned_why is '退回理由';
comment on column briefing.correction is '正在办理的更正说明';
comment on column briefing.published_at is '首次发布时间';
comment on column briefing.withdrawn_at is '撤回时间';
comment on column briefing.withdrawn_why is '撤回说明';
comment on column briefing.area_code is '单位所在区划';
comment on column briefing.grid_id is '管辖范围用，恒为空';
comment on column briefing.enterprise_id is '管辖范围用，恒为空';
comment on column briefing.version is '版本';

create table briefing_quote (
  briefing_id uuid not null references briefing (id),
  number smallint not null,
  person_id uuid not null references person (id),
  speaker text not null,
  words text not null,
  approved_by uuid references person (id),
  approved_at timestamptz,
  primary key (briefing_id, number),
  constraint briefing_quote_by_speaker check (approved_by is null or approved_by = person_id)
);
create index briefing_quote_person on briefing_quote (person_id);
create index briefing_quote_approved_by on briefing_quote (approved_by);
comment on table briefing_quote is '简报中引用的讲话：本人核可后方可印出';
comment on column briefing_quote.briefing_id is '简报';
comment on column briefing_quote.number is '第几条';
comment on column briefing_quote.person_id is '讲话人';
comment on column briefing_quote.speaker is '讲话人姓名';
comment on column briefing_quote.words is '原话';
comment on column briefing_quote.approved_by is '核可人';
comment on column briefing_quote.approved_at is '核可时间';

create table briefing_edition (
  briefing_id uuid not null references briefing (id),
  number smallint not null,
  snapshot_id uuid not null references snapshot (id),
  content jsonb not null,
  sha256 text not null,
  note text,
  published_by uuid not null references person (id),
  published_at timestamptz not null,
  primary key (briefing_id, number),
  constraint briefing_edition_note check ((number = 1) = (note is null))
);
create index briefing_edition_snapshot on briefing_edition (snapshot_id);
create index briefing_edition_published_by on briefing_edition (published_by);
comment on table briefing_edition is '已发布的一版：印出的文字、数字和口径，此后不变';
comment on column briefing_edition.briefing_id is '简报';
comment on column briefing_edition.number is '第几版';
comment on column briefing_edition.snapshot_id is '所依据的快照';
comment on column briefing_edition.content is '印出的内容';
comment on column briefing_edition.sha256 is '内容摘要';
comment on column briefing_edition.note is '更正说明，首版为空';
comment on column briefing_edition.published_by is '发布人';
comment on column briefing_edition.published_at is '发布时间';

create trigger snapshot_figure_frozen before update or delete on snapshot_figure for each row execute function refuse_change();
create trigger briefing_edition_frozen before update or delete on briefing_edition for each row execute function refuse_change();
