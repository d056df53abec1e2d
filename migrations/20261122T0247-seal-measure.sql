-- 查封、扣押 (强法§18-§28) as a clock that runs from its decision, and 谈话 (D27): the forms, the measure, its tests.

alter table paper drop constraint paper_type;
alter table paper add constraint paper_type check (type in ('D04','D05','D06','D07','D09','D10','D11','D27','D30'));
alter table paper drop constraint paper_visit_or_refer;
alter table paper add constraint paper_visit_or_refer check (visit_id is not null or refer_id is not null or type = 'D27');

create table seal_measure (
  id uuid primary key,
  paper_id uuid not null references paper (id),
  no text,
  kind text not null,
  state text not null,
  agency_id uuid not null references organisation (id),
  enterprise_id uuid not null references enterprise (id),
  enterprise_name text not null,
  site_id uuid not null references site (id),
  site_name text not null,
  area_code text collate "C" not null,
  grid_id uuid references grid (id),
  officers uuid[] not null,
  drafted_by uuid not null references person (id),
  reason text not null,
  things jsonb not null,
  started_on date not null,
  days smallint not null,
  extended_days smallint not null default 0,
  tested_days integer not null default 0,
  due_on date not null,
  urgent boolean not null,
  approval_due_at timestamptz,
  approved boolean,
  approved_by uuid references person (id),
  approved_by_name text,
  approved_at timestamptz,
  approval_note text,
  extension_paper_id uuid references paper (id),
  release_paper_id uuid references paper (id),
  alert smallint,
  released_on date,
  version integer not null default 1,
  constraint seal_measure_kind check (kind in ('SEAL','DETAIN')),
  constraint seal_measure_state check (state in ('IN_FORCE','TESTING','EXPIRED','RELEASED','VOIDED')),
  constraint seal_measure_days check (days between 1 and 30),
  constraint seal_measure_extension check (extended_days between 0 and 30),
  constraint seal_measure_extended_by_paper check ((extended_days > 0) = (extension_paper_id is not null)),
  constraint seal_measure_tested check (tested_days >= 0),
  constraint seal_measure_clock check (state = 'TESTING' or due_on = started_on + days + extended_days + tested_days),
  constraint seal_measure_officers check (cardinality(officers) >= 2),
  constraint seal_measure_urgent check (urgent = (approval_due_at is not null)),
  constraint seal_measure_approved check (approved is null or approved_at is not null),
  constraint seal_measure_approved_before check (urgent or approved),
  constraint seal_measure_released check ((state = 'RELEASED') = (released_on is not null))
);
create unique index seal_measure_paper on seal_measure (paper_id);
create index seal_measure_area on seal_measure (area_code, due_on, id);
create index seal_measure_enterprise on seal_measure (enterprise_id);
create index seal_measure_site on seal_measure (site_id);
create index seal_measure_grid on seal_measure (grid_id);
create index seal_measure_agency on seal_measure (agency_id);
create index seal_measure_drafted_by on seal_measure (drafted_by);
create index seal_measure_approved_by on seal_measure (approved_by);
create index seal_measure_extension_paper on seal_measure (extension_paper_id);
create index seal_measure_release_paper on seal_measure (release_paper_id);
create index seal_measure_open on seal_measure (due_on) where state in ('IN_FORCE','TESTING','EXPIRED');
comment on table seal_measure is '查封、扣押：期限从决定书起算，期满未决定必须解除';
comment on column seal_measure.id is '编号';
comment on column seal_measure.paper_id is '查封（扣押）决定书';
comment on column seal_measure.no is '文号';
comment on column seal_measure.kind is '查封或扣押';
comment on column seal_measure.state is '状态';
comment on column seal_measure.agency_id is '执法机关';
comment on column seal_measure.enterprise_id is '监管对象';
comment on column seal_measure.enterprise_name is '监管对象名称（当时）';
comment on column seal_measure.site_id is '场所';
comment on column seal_measure.site_name is '场所名称（当时）';
comment on column seal_measure.area_code is '统计管辖区划（当时）';
comment on column seal_measure.grid_id is '安格（当时）';
comment on column seal_measure.officers is '执法人员';
comment on column seal_measure.drafted_by is '决定书起草人';
comment on column seal_measure.reason is '理由';
comment on column seal_measure.things is '清单：名称、规格、数量、地点';
comment on column seal_measure.started_on is '开始日期，不计入期限';
comment on column seal_measure.days is '期限天数';
comment on column seal_measure.extended_days is '延长天数';
comment on column seal_measure.tested_days is '已结束的检验检测天数，不计入期限';
comment on column seal_measure.due_on is '期满日期';
comment on column seal_measure.urgent is '情况紧急，当场实施';
comment on column seal_measure.approval_due_at is '补办批准的时限';
comment on column seal_measure.approved is '负责人是否同意；紧急而未决定为空';
comment on column seal_measure.approved_by is '批准的负责人';
comment on column seal_measure.approved_by_name is '批准人姓名（当时）';
comment on column seal_measure.approved_at is '批准时间';
comment on column seal_measure.approval_note is '批准意见';
comment on column seal_measure.extension_paper_id is '延长决定书';
comment on column seal_measure.release_paper_id is '解除决定书（含系统自动起草）';
comment on column seal_measure.alert is '已提醒到第几天：7、3、1、0，过期为负一';
comment on column seal_measure.released_on is '解除日期';
comment on column seal_measure.version is '版本';

create table seal_testing (
  id uuid primary key,
  measure_id uuid not null references seal_measure (id),
  what text not null,
  lab text not null,
  notice text not null,
  from_on date not null,
  to_on date,
  result text not null default '',
  constraint seal_testing_order check (to_on >= from_on),
  constraint seal_testing_result check (to_on is null or result <> '')
);
create index seal_testing_measure on seal_testing (measure_id, from_on);
create unique index seal_testing_one_open on seal_testing (measure_id) where to_on is null;
comment on table seal_testing is '查封、扣押期间的检验、检测、鉴定：不计入期限，起止告知当事人';
comment on column seal_testing.id is '编号（由发起端生成）';
comment on column seal_testing.measure_id is '查封、扣押';
comment on column seal_testing.what is '送检内容';
comment on column seal_testing.lab is '检验机构';
comment on column seal_testing.notice is '告知当事人的情况';
comment on column seal_testing.from_on is '开始日期';
comment on column seal_testing.to_on is '结束日期';
comment on column seal_testing.result is '检验结果';

insert into doc_type (area_code, type, title, word_code, copies, copy_holders, rights, rules, sections) values
  ('000000000000', 'D09', '查封（扣押）决定书', '查扣', 2, '一份由本机关存档，一份交{partyName}', '如不服本决定，可以自收到本文书之日起六十日内向{government}申请行政复议，或者自收到之日起六个月内依法向有管辖权的人民法院提起行政诉讼；复议、诉讼期间本文书不停止执行，法律另有规定的除外。',
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":true,"approver":"HEAD","service":true,"needs":[{"types":["D04"],"where":"SAME_VISIT","states":["SIGNED","SERVED"]}],"hazards":"ANY","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"经{checkDate}现场检查（{siteName}），{sealReason}。"},{"kind":"text","text":"依据《中华人民共和国安全生产法》第六十五条第一款第（四）项，本机关决定对清单所列场所、设施、财物予以{sealKind}。"},{"kind":"period"},{"kind":"text","text":"检验、检测、检疫或者技术鉴定的期间不计入上述期限。{sealKind}期间，未经本机关许可，不得启封、使用、转移、损毁。"},{"kind":"text","text":"实施前已告知理由、依据和权利，当事人陈述申辩：{sealHeard}。当事人到场情况：{sealPresent}。"},{"kind":"rights"},{"kind":"things"},{"kind":"blank"},{"kind":"recipient","label":"当事人"},{"kind":"officers","label":"执法人员"},{"kind":"seal"},{"kind":"copies"}]'),
  ('000000000000', 'D10', '延长查封（扣押）期限决定书', '查延', 2, '一份由本机关存档，一份交{partyName}', '如不服本决定，可以自收到本文书之日起六十日内向{government}申请行政复议，或者自收到之日起六个月内依法向有管辖权的人民法院提起行政诉讼；复议、诉讼期间本文书不停止执行，法律另有规定的除外。',
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":true,"approver":"HEAD","service":true,"needs":[{"types":["D09"],"where":"REFERRED","states":["SERVED"]}],"hazards":"NONE","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"本机关于{referDate}向你单位送达《{referTitle}》{referNo}。因{extensionReason}，情况复杂，依据《中华人民共和国行政强制法》第二十五条，决定延长期限。"},{"kind":"period"},{"kind":"rights"},{"kind":"blank"},{"kind":"recipient","label":"当事人"},{"kind":"officers","label":"执法人员"},{"kind":"seal"},{"kind":"copies"}]'),
  ('000000000000', 'D11', '解除查封（扣押）决定书', '查解', 2, '一份由本机关存档，一份交{partyName}', null,
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":true,"service":true,"needs":[{"types":["D09"],"where":"REFERRED","states":["ISSUED","SIGNED","SERVED"]}],"hazards":"NONE","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"本机关《{referTitle}》{referNo}对你单位清单所列场所、设施、财物采取了强制措施。{releaseReason}，依据《中华人民共和国行政强制法》第二十八条，决定予以解除。"},{"kind":"text","text":"退还情况：{releaseReturned}。"},{"kind":"things"},{"kind":"blank"},{"kind":"recipient","label":"当事人"},{"kind":"officers","label":"执法人员"},{"kind":"seal"},{"kind":"copies"}]'),
  ('000000000000', 'D27', '谈话（约谈）记录', '谈', 2, '一份由本机关存档，一份交{partyName}', null,
   '{"effect":"ADVICE","approval":false,"service":true,"minOfficers":1,"certificates":false,"visits":"ANY","needs":[],"hazards":"ANY","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"{talkAt}，在{talkPlace}对{partyName}进行{talkKind}。"},{"kind":"text","text":"事由：{talkReasons}。"},{"kind":"talk"},{"kind":"items","as":"ADVICE","none":"涉及隐患：无。"},{"kind":"blank"},{"kind":"recipient","label":"参加谈话的单位负责人"},{"kind":"officers","label":"谈话人"},{"kind":"seal"},{"kind":"copies"}]');
