-- 执法文书: forms as data, papers with their fixed content, signatures, and numbers that are never used twice.

create table doc_type (
  area_code text collate "C" not null,
  type text not null,
  title text not null,
  word_code text,
  copies smallint not null,
  copy_holders text not null,
  rights text,
  rules jsonb not null,
  sections jsonb not null,
  version integer not null default 1,
  primary key (area_code, type),
  constraint doc_type_word_code check (word_code ~ '^[一-龥]{1,4}$'),
  constraint doc_type_copies check (copies between 1 and 9)
);
comment on table doc_type is '文书种类与样式：最接近的区划优先，全零为出厂样式';
comment on column doc_type.area_code is '适用区划';
comment on column doc_type.type is '文书代码';
comment on column doc_type.title is '文书名称';
comment on column doc_type.word_code is '文号中的“字”，为空即不编号';
comment on column doc_type.copies is '份数';
comment on column doc_type.copy_holders is '各份交谁';
comment on column doc_type.rights is '救济途径告知';
comment on column doc_type.rules is '规则：审批、送达、人数、前置文书、可列隐患';
comment on column doc_type.sections is '版面各段';
comment on column doc_type.version is '版本';

create table paper (
  id uuid primary key,
  no text constraint paper_no_unique unique,
  type text not null,
  title text not null,
  state text not null,
  agency_id uuid not null references organisation (id),
  enterprise_id uuid not null references enterprise (id),
  enterprise_name text not null,
  site_id uuid not null references site (id),
  site_name text not null,
  visit_id uuid references visit (id),
  refer_id uuid references paper (id),
  area_code text collate "C" not null,
  grid_id uuid references grid (id),
  officers uuid[] not null,
  choices jsonb not null,
  content jsonb not null,
  content_sha256 text,
  drafted_by uuid not null references person (id),
  drafted_by_name text not null,
  drafted_at timestamptz not null,
  submitted_at timestamptz,
  approved_by uuid references person (id),
  approved_by_name text,
  approved_at timestamptz,
  approval_note text,
  leader_approved boolean not null default false,
  issued_by uuid references person (id),
  issued_by_name text,
  issued_at timestamptz,
  issued_on date,
  signed_at timestamptz,
  service jsonb,
  served_on date,
  served_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  constraint paper_type check (type in ('D04','D05','D06','D07','D30')),
  constraint paper_state check (state in ('DRAFT','PENDING','RETURNED','APPROVED','ISSUED','SIGNED','SERVED','VOIDED')),
  constraint paper_officers_some check (cardinality(officers) >= 1),
  constraint paper_visit_or_refer check (visit_id is not null or refer_id is not null),
  constraint paper_sha256_form check (content_sha256 ~ '^[0-9a-f]{64}$'),
  constraint paper_fixed_from_approval check (content_sha256 is not null or state in ('DRAFT','PENDING','RETURNED','VOIDED')),
  constraint paper_issued_has_date check (state not in ('ISSUED','SIGNED','SERVED') or issued_on is not null),
  constraint paper_served_has_service check ((state = 'SERVED') = (service is not null and served_on is not null)),
  constraint paper_served_after_issue check (served_on >= issued_on),
  constraint paper_void_has_reason check ((state = 'VOIDED') = (void_reason is not null)),
  constraint paper_number_form check (no ~ '^（[一-龥]{2,6}）应急[一-龥]{1,4}〔[0-9]{4}〕[0-9]{1,5}号$')
);
comment on table paper is '执法文书：内容由检查与隐患记录生成，批准时固定';
comment on column paper.id is '编号（由发起端生成）';
comment on column paper.no is '文号，签发时编定，作废不再使用';
comment on column paper.type is '文书代码';
comment on column paper.title is '文书名称（当时）';
comment on column paper.state is '状态';
comment on column paper.agency_id is '执法机关';
comment on column paper.enterprise_id is '监管对象';
comment on column paper.enterprise_name is '监管对象名称（当时）';
comment on column paper.site_id is '场所';
comment on column paper.site_name is '场所名称（当时）';
comment on column paper.visit_id is '所依据的检查';
comment on column paper.refer_id is '所针对的文书（复查意见书）';
comment on column paper.area_code is '统计管辖区划（当时）';
comment on column paper.grid_id is '安格（当时）';
comment on column paper.officers is '执法人员';
comment on column paper.choices is '起草人的选择：列入的隐患、确认的依据、期限、措施';
comment on column paper.content is '固定内容：与记录一致的结构化正文';
comment on column paper.content_sha256 is '固定内容的 SHA-256';
comment on column paper.drafted_by is '起草人';
comment on column paper.drafted_by_name is '起草人姓名（当时）';
comment on column paper.drafted_at is '起草时间';
comment on column paper.submitted_at is '报审批时间';
comment on column paper.approved_by is '审批人';
comment on column paper.approved_by_name is '审批人姓名（当时）';
comment on column paper.approved_at is '审批时间';
comment on column paper.approval_note is '审批意见';
comment on column paper.leader_approved is '由分管或主要负责人批准';
comment on column paper.issued_by is '签发人';
comment on column paper.issued_by_name is '签发人姓名（当时）';
comment on column paper.issued_at is '签发时间';
comment on column paper.issued_on is '文书日期';
comment on column paper.signed_at is '签名齐备时间';
comment on column paper.service is '送达方式与凭证';
comment on column paper.served_on is '送达日期';
comment on column paper.served_at is '登记送达时间';
comment on column paper.voided_at is '作废时间';
comment on column paper.void_reason is '作废理由';
comment on column paper.version is '版本';
create index paper_area on paper (area_code, drafted_at desc, id desc);
create index paper_enterprise on paper (enterprise_id, drafted_at desc);
create index paper_site on paper (site_id);
create index paper_visit on paper (visit_id);
create index paper_refer on paper (refer_id);
create index paper_grid on paper (grid_id);
create index paper_agency on paper (agency_id);
create index paper_drafted_by on paper (drafted_by);
create index paper_approved_by on paper (approved_by);
create index paper_issued_by on paper (issued_by);
create index paper_open on paper (state, area_code) where state in ('DRAFT','PENDING','RETURNED','APPROVED','ISSUED','SIGNED');
-- One living record of each visit: the others stand on it.
create unique index paper_one_record on paper (visit_id) where type = 'D04' and state <> 'VOIDED';

create table paper_hazard (
  paper_id uuid not null references paper (id),
  hazard_id uuid not null references hazard (id),
  ordinal smallint not null,
  due_on date,
  passed boolean,
  new_due_on date,
  primary key (paper_id, hazard_id)
);
comment on table paper_hazard is '文书所列隐患';
comment on column paper_hazard.paper_id is '文书';
comment on column paper_hazard.hazard_id is '隐患';
comment on column paper_hazard.ordinal is '顺序';
comment on column paper_hazard.due_on is '责令的整改期限';
comment on column paper_hazard.passed is '复查是否合格';
comment on column paper_hazard.new_due_on is '不合格时继续整改的期限';
create index paper_hazard_hazard on paper_hazard (hazard_id);

create table paper_signature (
  paper_id uuid not null references paper (id),
  part text not null,
  ordinal smallint not null,
  person_id uuid references person (id),
  name text not null,
  duty text not null default '',
  attachment_id uuid references attachment (id),
  refused text,
  reason text not null default '',
  at timestamptz not null,
  primary key (paper_id, part, ordinal),
  constraint paper_signature_part check (part in ('OFFICER','RECIPIENT','WITNESS')),
  constraint paper_signature_officer_known check (part <> 'OFFICER' or (person_id is not null and attachment_id is not null)),
  constraint paper_signature_refused check (refused in ('REFUSED','ABSENT')),
  constraint paper_signature_refusal_has_reason check (refused is null or (part = 'RECIPIENT' and reason <> '')),
  constraint paper_signature_seen check (part <> 'RECIPIENT' or refused is not null or attachment_id is not null)
);
comment on table paper_signature is '文书签名：执法人员、当事人或其拒签、见证人';
comment on column paper_signature.paper_id is '文书';
comment on column paper_signature.part is '身份';
comment on column paper_signature.ordinal is '顺序';
comment on column paper_signature.person_id is '人员';
comment on column paper_signature.name is '姓名（当时）';
comment on column paper_signature.duty is '职务';
comment on column paper_signature.attachment_id is '签名图像';
comment on column paper_signature.refused is '拒签或不在场';
comment on column paper_signature.reason is '拒签或不在场的说明';
comment on column paper_signature.at is '签名时间';
create index paper_signature_person on paper_signature (person_id);
create index paper_signature_attachment on paper_signature (attachment_id);

-- The one row that papers issued at the same moment line up for; taken as the last step of issuing.
create table paper_sequence (
  agency_id uuid not null references organisation (id),
  type text not null,
  year smallint not null,
  last integer not null,
  primary key (agency_id, type, year),
  constraint paper_sequence_range check (last between 1 and 99999)
);
comment on table paper_sequence is '文号的流水：每机关、每种、每年一条';
comment on column paper_sequence.agency_id is '执法机关';
comment on column paper_sequence.type is '文书代码';
comment on column paper_sequence.year is '年份';
comment on column paper_sequence.last is '最近用到的顺序号';

create table paper_number (
  agency_id uuid not null references organisation (id),
  type text not null,
  year smallint not null,
  seq integer not null,
  paper_id uuid not null references paper (id),
  state text not null,
  primary key (agency_id, type, year, seq),
  constraint paper_number_state check (state in ('USED','VOIDED'))
);
comment on table paper_number is '用过的文号：作废的保留，不再使用，无空号';
comment on column paper_number.agency_id is '执法机关';
comment on column paper_number.type is '文书代码';
comment on column paper_number.year is '年份';
comment on column paper_number.seq is '顺序号';
comment on column paper_number.paper_id is '文书';
comment on column paper_number.state is '在用或作废';
create unique index paper_number_paper on paper_number (paper_id);

insert into doc_type (area_code, type, title, word_code, copies, copy_holders, rights, rules, sections) values
  ('000000000000', 'D04', '现场检查记录', null, 2, '一份由本机关存档，一份交{partyName}', null,
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":false,"service":false,"needs":[],"hazards":"ANY","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"检查时间：{startTime}至{endTime}。"},{"kind":"text","text":"检查场所：{siteName}。现场负责人：{companion}，职务：{companionDuty}。"},{"kind":"text","text":"检查人员出示执法证件，说明检查事由，告知陈述申辩和申请回避的权利。检查人员：{officers}。"},{"kind":"free","from":"checked","label":"检查内容"},{"kind":"heading","text":"检查情况"},{"kind":"text","text":"本次共检查{asked}项，符合{complies}项，不适用{notApplicable}项；发现问题{foundZh}项，其中当场改正{fixedZh}项。"},{"kind":"items","as":"PROBLEMS","none":"未发现问题。"},{"kind":"free","from":"handling","label":"处理意见"},{"kind":"blank"},{"kind":"recipient","label":"被检查单位现场负责人"},{"kind":"officers","label":"检查人员"},{"kind":"copies"}]'),
  ('000000000000', 'D05', '现场处理措施决定书', '现决', 2, '一份由本机关存档，一份交{partyName}', '如不服本决定，可以自收到本文书之日起六十日内向{government}申请行政复议，或者自收到之日起六个月内依法向有管辖权的人民法院提起行政诉讼；复议、诉讼期间本文书不停止执行，法律另有规定的除外。',
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":true,"service":true,"needs":[{"types":["D04"],"where":"SAME_VISIT","states":["SIGNED","SERVED"]}],"hazards":"STOPPABLE","basisNeeded":true}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"本机关于{checkDate}对你单位（{siteName}）现场检查时，发现下列事故隐患{countZh}项："},{"kind":"items","as":"PROBLEMS","none":""},{"kind":"text","text":"上述隐患在排除前或者排除过程中无法保证安全。依据《中华人民共和国安全生产法》第六十五条第一款第（三）项，现对你单位作出下列现场处理措施决定："},{"kind":"measures","options":[{"code":"EVACUATE","text":"从危险区域内撤出作业人员"},{"code":"STOP_PRODUCTION","text":"暂时停产停业"},{"code":"STOP_USE","text":"停止使用相关设施、设备"}]},{"kind":"free","from":"scope","label":"适用范围"},{"kind":"free","from":"until","label":"期限"},{"kind":"text","text":"并责令你单位按下列期限排除隐患："},{"kind":"items","as":"ORDERS","none":""},{"kind":"text","text":"隐患排除后，须经本机关审查同意，方可恢复生产经营和使用。"},{"kind":"rights"},{"kind":"blank"},{"kind":"recipient","label":"被检查单位负责人"},{"kind":"officers","label":"执法人员"},{"kind":"seal"},{"kind":"copies"}]'),
  ('000000000000', 'D06', '责令限期整改指令书', '责改', 2, '一份由本机关存档，一份交{partyName}', '如不服本决定，可以自收到本文书之日起六十日内向{government}申请行政复议，或者自收到之日起六个月内依法向有管辖权的人民法院提起行政诉讼；复议、诉讼期间本文书不停止执行，法律另有规定的除外。',
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":true,"service":true,"needs":[{"types":["D04"],"where":"SAME_VISIT","states":["SIGNED","SERVED"]}],"hazards":"CONFIRMED","basisNeeded":true}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"经{checkDate}现场检查（{siteName}），你单位存在下列问题{countZh}项："},{"kind":"items","as":"PROBLEMS","none":""},{"kind":"text","text":"依据《中华人民共和国安全生产法》第六十五条第一款第（二）项，现责令你单位按下列期限整改完毕："},{"kind":"items","as":"ORDERS","none":""},{"kind":"text","text":"整改期间应当采取措施保证安全。整改完毕后请及时向本机关提出复查申请；逾期未申请的，本机关将在期满后依法复查。"},{"kind":"rights"},{"kind":"blank"},{"kind":"recipient","label":"被检查单位负责人"},{"kind":"officers","label":"执法人员"},{"kind":"seal"},{"kind":"copies"}]'),
  ('000000000000', 'D07', '整改复查意见书', '复查', 2, '一份由本机关存档，一份交{partyName}', null,
   '{"effect":"LEGAL","minOfficers":2,"certificates":true,"visits":"INSPECTION","approval":true,"service":true,"needs":[{"types":["D05","D06"],"where":"REFERRED","states":["SERVED"]}],"hazards":"REFERRED","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"本机关于{referDate}向你单位送达《{referTitle}》{referNo}。{checkDate}，本机关对整改情况进行复查，逐项意见如下："},{"kind":"items","as":"RESULTS","none":""},{"kind":"text","text":"复查{countZh}项，合格{passedZh}项，不合格{failedZh}项。"},{"kind":"verdict","passed":"复查项目均已整改，同意销号。","failed":"未整改合格的项目，你单位应当继续整改，并在上列期限前完成。"},{"kind":"free","from":"opinion","label":"复查意见"},{"kind":"blank"},{"kind":"recipient","label":"被复查单位负责人"},{"kind":"officers","label":"复查人员"},{"kind":"seal"},{"kind":"copies"}]'),
  ('000000000000', 'D30', '隐患整改建议书', '服', 2, '一份由本机关存档，一份交{partyName}', null,
   '{"effect":"ADVICE","approval":false,"service":true,"minOfficers":1,"certificates":false,"visits":"SERVICE","needs":[],"hazards":"ANY","basisNeeded":false}',
   '[{"kind":"party"},{"kind":"text","text":"{partyName}：","flush":true},{"kind":"text","text":"{checkDate}在你单位（{siteName}）{visitKind}时，看到下列情况{countZh}项，建议尽早处理："},{"kind":"items","as":"ADVICE","none":""},{"kind":"free","from":"opinion","label":"其他建议"},{"kind":"text","text":"本建议书属于服务提示，不具有行政强制效力，不设处罚后果。需要指导可与本机关联系。"},{"kind":"blank"},{"kind":"recipient","label":"收到人"},{"kind":"officers","label":"建议人"},{"kind":"seal"},{"kind":"copies"}]');
