-- 监管对象: enterprise (legal person or unlicensed place), its sites, parks, buildings, and the history of what changes.

create table park (
  id uuid primary key,
  code text not null constraint park_code_unique unique,
  name text not null,
  kind text not null default 'INDUSTRIAL_PARK',
  parent_park_id uuid references park (id),
  area_code text collate "C" not null references area (code),
  grid_id uuid references grid (id),
  enterprise_id uuid generated always as (id) stored,
  operator_name text,
  contact_name text,
  contact_phone_sealed text,
  contact_phone_tail text,
  address text not null,
  lon double precision,
  lat double precision,
  land_area_m2 numeric(12, 1),
  floor_area_m2 numeric(12, 1),
  version integer not null default 1,
  voided_at timestamptz,
  void_reason text,
  constraint park_kind check (kind in ('INDUSTRIAL_PARK','CHEMICAL_PARK','PARK_IN_PARK')),
  constraint park_in_park_has_parent check (kind <> 'PARK_IN_PARK' or parent_park_id is not null),
  constraint park_not_own_parent check (parent_park_id <> id)
);
comment on table park is '园区：工业园区、化工园区、园中园';
comment on column park.id is '编号';
comment on column park.code is '园区码 PARK-区县-序号';
comment on column park.name is '名称';
comment on column park.kind is '种类：工业园区、化工园区（集聚区）、园中园';
comment on column park.parent_park_id is '上级园区：园中园必填';
comment on column park.area_code is '统计管辖区划';
comment on column park.grid_id is '所属安格';
comment on column park.enterprise_id is '管辖范围用：等于园区编号，园区管理方凭此看到本园区';
comment on column park.operator_name is '业主或运营单位';
comment on column park.contact_name is '园区负责人';
comment on column park.contact_phone_sealed is '负责人电话（加密）';
comment on column park.contact_phone_tail is '负责人电话后四位';
comment on column park.address is '地址';
comment on column park.lon is '经度（WGS-84）';
comment on column park.lat is '纬度（WGS-84）';
comment on column park.land_area_m2 is '占地面积（平方米）';
comment on column park.floor_area_m2 is '建筑面积（平方米）';
comment on column park.version is '版本';
comment on column park.voided_at is '作废时间';
comment on column park.void_reason is '作废理由';
create index park_area on park (area_code);
create index park_parent on park (parent_park_id);
create index park_grid on park (grid_id);

create table building (
  id uuid primary key,
  park_id uuid references park (id),
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid generated always as (park_id) stored,
  name text not null,
  use text not null default 'PLANT',
  floors integer,
  height_m numeric(6, 1),
  floor_area_m2 numeric(10, 1),
  version integer not null default 1,
  voided_at timestamptz,
  constraint building_use check (use in ('PLANT','WAREHOUSE','OFFICE','DORMITORY','MIXED')),
  constraint building_floors check (floors between -10 and 200)
);
comment on table building is '楼栋';
comment on column building.id is '编号';
comment on column building.park_id is '所在园区';
comment on column building.area_code is '统计管辖区划';
comment on column building.grid_id is '所属安格';
comment on column building.enterprise_id is '管辖范围用：等于园区编号';
comment on column building.name is '楼栋名称';
comment on column building.use is '用途：厂房、仓库、办公、宿舍、混合';
comment on column building.floors is '层数';
comment on column building.height_m is '高度（米）';
comment on column building.floor_area_m2 is '每层面积（平方米）';
comment on column building.version is '版本';
comment on column building.voided_at is '作废时间';
create index building_park on building (park_id);

create table enterprise (
  id uuid primary key,
  enterprise_id uuid generated always as (id) stored,
  credit_code text,
  credit_code_note text,
  registration_no text,
  identity_kind text not null default 'CREDIT_CODE',
  operator_id_masked text,
  name text not null,
  name_py text not null default '',
  words text[] not null default '{}',
  legal_rep text,
  principal_name text,
  principal_phone_sealed text,
  principal_phone_masked text,
  principal_phone_tail text,
  principal_phone_blind text,
  address text not null,
  industry_code text,
  division smallint,
  gongmao_sector text,
  extra_industries text[] not null default '{}',
  employees integer,
  revenue_wan numeric(14, 2),
  assets_wan numeric(14, 2),
  established_on date,
  state text not null default 'ACTIVE',
  state_since date,
  load_percent smallint,
  above_scale boolean not null default false,
  size_grade text not null default 'UNKNOWN',
  standard_level text not null default 'NONE',
  high_risk boolean not null default false,
  site_kind text not null,
  tags text[] not null default '{}',
  risk_color text,
  area_code text collate "C" not null references area (code),
  geo_code text collate "C",
  grid_id uuid references grid (id),
  park_id uuid references park (id),
  lon double precision,
  lat double precision,
  contacts_verified_at timestamptz,
  import_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  voided_at timestamptz,
  void_reason text,
  constraint enterprise_identity check (identity_kind in ('CREDIT_CODE','REGISTRATION_NO','NO_LICENSE')),
  constraint enterprise_identity_given check (identity_kind <> 'CREDIT_CODE' or credit_code is not null),
  constraint enterprise_state check (state in ('ACTIVE','VOLUNTARY_STOP','ORDERED_STOP','RESUMING','LONG_STOP','CANCELLED','MOVED')),
  constraint enterprise_size check (size_grade in ('LARGE','MEDIUM','SMALL','MICRO','UNKNOWN')),
  constraint enterprise_standard check (standard_level in ('FIRST','SECOND','THIRD','NONE')),
  constraint enterprise_load check (load_percent between 0 and 150),
  constraint enterprise_employees check (employees >= 0),
  constraint enterprise_risk_color check (risk_color in ('RED','ORANGE','YELLOW','BLUE'))
);
comment on table enterprise is '监管对象：企业、个体工商户、无照场所';
comment on column enterprise.id is '编号';
comment on column enterprise.enterprise_id is '管辖范围用：等于编号';
comment on column enterprise.credit_code is '统一社会信用代码（GB 32100）';
comment on column enterprise.credit_code_note is '校验码不符而经人确认的理由';
comment on column enterprise.registration_no is '15位旧注册号';
comment on column enterprise.identity_kind is '身份依据：信用代码、旧注册号、无照';
comment on column enterprise.operator_id_masked is '无照经营者证件号（打码）';
comment on column enterprise.name is '名称';
comment on column enterprise.name_py is '名称拼音首字母';
comment on column enterprise.words is '检索用的双字词：名称、地址、拼音首字母';
comment on column enterprise.legal_rep is '法定代表人';
comment on column enterprise.principal_name is '主要负责人';
comment on column enterprise.principal_phone_sealed is '主要负责人电话（加密）';
comment on column enterprise.principal_phone_masked is '主要负责人电话（打码）';
comment on column enterprise.principal_phone_tail is '主要负责人电话后四位';
comment on column enterprise.principal_phone_blind is '主要负责人电话的密钥摘要，供整号查找';
comment on column enterprise.address is '地址';
comment on column enterprise.industry_code is '主行业代码（GB/T 4754-2017，不带门类字母）';
comment on column enterprise.division is '行业大类';
comment on column enterprise.gongmao_sector is '工贸八大行业';
comment on column enterprise.extra_industries is '兼营行业代码';
comment on column enterprise.employees is '从业人员（人）';
comment on column enterprise.revenue_wan is '营业收入（万元）';
comment on column enterprise.assets_wan is '资产总额（万元）';
comment on column enterprise.established_on is '成立日期';
comment on column enterprise.state is '经营状态';
comment on column enterprise.state_since is '该状态始于';
comment on column enterprise.load_percent is '生产负荷（%）';
comment on column enterprise.above_scale is '规模以上：以统计部门年度名录为准';
comment on column enterprise.size_grade is '大中小微';
comment on column enterprise.standard_level is '安全生产标准化等级';
comment on column enterprise.high_risk is '高危（安全生产法第二十四条所列）';
comment on column enterprise.site_kind is '场所种类';
comment on column enterprise.tags is '类别标签';
comment on column enterprise.risk_color is '风险四色';
comment on column enterprise.area_code is '统计管辖区划';
comment on column enterprise.geo_code is '地理区划';
comment on column enterprise.grid_id is '所属安格';
comment on column enterprise.park_id is '所在园区';
comment on column enterprise.lon is '经度（WGS-84）';
comment on column enterprise.lat is '纬度（WGS-84）';
comment on column enterprise.contacts_verified_at is '联系人核实时间';
comment on column enterprise.import_id is '由哪次导入建立';
comment on column enterprise.version is '版本';
comment on column enterprise.created_at is '建档时间';
comment on column enterprise.voided_at is '作废时间';
comment on column enterprise.void_reason is '作废理由';
create unique index enterprise_credit_code_unique on enterprise (credit_code) where voided_at is null;
create index enterprise_list on enterprise (area_code, id)
  include (state, above_scale, high_risk, size_grade, site_kind, division, risk_color, gongmao_sector) where voided_at is null;
create index enterprise_industry on enterprise (division, area_code) where voided_at is null;
create index enterprise_grid on enterprise (grid_id);
create index enterprise_park on enterprise (park_id) where park_id is not null;
create index enterprise_words on enterprise using gin (words) with (gin_pending_list_limit = 65536);
create index enterprise_tags on enterprise using gin (tags);
create index enterprise_name on enterprise (name collate "C", id);
create index enterprise_phone_tail on enterprise (principal_phone_tail);
create index enterprise_import on enterprise (import_id) where import_id is not null;

create table site (
  id uuid primary key,
  enterprise_id uuid not null references enterprise (id),
  code text not null,
  name text not null,
  kind text not null,
  parent_site_id uuid references site (id),
  park_id uuid references park (id),
  building_id uuid references building (id),
  floor text,
  area_code text collate "C" not null,
  geo_code text collate "C",
  grid_id uuid,
  address text not null,
  floor_area_m2 numeric(12, 1),
  lon double precision,
  lat double precision,
  is_main boolean not null default true,
  opened_on date,
  closed_on date,
  version integer not null default 1,
  voided_at timestamptz,
  constraint site_not_own_parent check (parent_site_id <> id)
);
comment on table site is '经营场所';
comment on column site.id is '编号';
comment on column site.enterprise_id is '监管对象';
comment on column site.code is '场所码 SITE-信用代码-序号';
comment on column site.name is '名称';
comment on column site.kind is '场所种类';
comment on column site.parent_site_id is '所在的他人厂区：厂中厂必填';
comment on column site.park_id is '所在园区';
comment on column site.building_id is '楼栋';
comment on column site.floor is '楼层';
comment on column site.area_code is '统计管辖区划';
comment on column site.geo_code is '地理区划';
comment on column site.grid_id is '所属安格';
comment on column site.address is '经营地址';
comment on column site.floor_area_m2 is '建筑面积（平方米）';
comment on column site.lon is '经度（WGS-84）';
comment on column site.lat is '纬度（WGS-84）';
comment on column site.is_main is '主场所';
comment on column site.opened_on is '启用日期';
comment on column site.closed_on is '停用日期';
comment on column site.version is '版本';
comment on column site.voided_at is '作废时间';
create index site_enterprise on site (enterprise_id);
create unique index site_code_unique on site (code) where voided_at is null;
create index site_parent on site (parent_site_id) where parent_site_id is not null;
create index site_park on site (park_id) where park_id is not null;
create index site_building on site (building_id) where building_id is not null;
create index site_grid on site (grid_id);
create index site_area on site (area_code);

create table lease (
  id uuid primary key,
  lessee_site_id uuid not null references site (id),
  lessor_site_id uuid references site (id),
  park_id uuid references park (id),
  enterprise_id uuid not null references enterprise (id),
  area_code text collate "C" not null,
  grid_id uuid,
  area_m2 numeric(12, 1),
  valid_from date not null,
  valid_to date,
  has_agreement boolean not null default false,
  coordinator text,
  constraint lease_lessor check ((lessor_site_id is null) <> (park_id is null)),
  constraint lease_dates check (valid_to is null or valid_to >= valid_from)
);
comment on table lease is '租赁：厂中厂、园区租户的出租关系与安全管理协议（安全生产法第四十九条）';
comment on column lease.id is '编号';
comment on column lease.lessee_site_id is '承租场所';
comment on column lease.lessor_site_id is '出租场所';
comment on column lease.park_id is '出租园区';
comment on column lease.enterprise_id is '承租的监管对象';
comment on column lease.area_code is '统计管辖区划';
comment on column lease.grid_id is '所属安格';
comment on column lease.area_m2 is '租赁面积（平方米）';
comment on column lease.valid_from is '起租日期';
comment on column lease.valid_to is '到期日期';
comment on column lease.has_agreement is '已签安全生产管理协议';
comment on column lease.coordinator is '统一协调管理人';
create index lease_lessee on lease (lessee_site_id);
create index lease_lessor on lease (lessor_site_id);
create index lease_park on lease (park_id);
create index lease_enterprise on lease (enterprise_id);

create table enterprise_contact (
  id uuid primary key,
  enterprise_id uuid not null references enterprise (id),
  area_code text collate "C" not null,
  grid_id uuid,
  name text not null,
  duty text not null,
  phone_sealed text,
  phone_masked text,
  phone_tail text,
  valid_from date not null,
  valid_to date,
  constraint enterprise_contact_duty check (duty in ('SAFETY_MANAGER','SAFETY_DIRECTOR','NIGHT_DUTY','OTHER'))
);
comment on table enterprise_contact is '企业联系人：安全管理人员、安全总监、夜间值班';
comment on column enterprise_contact.id is '编号';
comment on column enterprise_contact.enterprise_id is '监管对象';
comment on column enterprise_contact.area_code is '统计管辖区划';
comment on column enterprise_contact.grid_id is '所属安格';
comment on column enterprise_contact.name is '姓名';
comment on column enterprise_contact.duty is '职责';
comment on column enterprise_contact.phone_sealed is '电话（加密）';
comment on column enterprise_contact.phone_masked is '电话（打码）';
comment on column enterprise_contact.phone_tail is '电话后四位';
comment on column enterprise_contact.valid_from is '开始日期';
comment on column enterprise_contact.valid_to is '结束日期';
create index enterprise_contact_of on enterprise_contact (enterprise_id);
create index enterprise_contact_tail on enterprise_contact (phone_tail);

create table enterprise_tag (
  enterprise_id uuid not null references enterprise (id),
  code text not null,
  area_code text collate "C" not null,
  grid_id uuid,
  extra jsonb not null,
  set_on date not null,
  primary key (enterprise_id, code)
);
comment on table enterprise_tag is '类别标签的附加数据';
comment on column enterprise_tag.enterprise_id is '监管对象';
comment on column enterprise_tag.code is '标签';
comment on column enterprise_tag.area_code is '统计管辖区划';
comment on column enterprise_tag.grid_id is '所属安格';
comment on column enterprise_tag.extra is '附加数据';
comment on column enterprise_tag.set_on is '贴标日期';

create table enterprise_history (
  id uuid primary key,
  enterprise_id uuid not null references enterprise (id),
  area_code text collate "C" not null,
  grid_id uuid,
  field text not null,
  value jsonb,
  valid_from date not null,
  valid_to date,
  source text not null,
  constraint enterprise_history_field check (field in ('STATE','AREA','INDUSTRY','SIZE','ABOVE_SCALE','NAME','STANDARD')),
  constraint enterprise_history_dates check (valid_to is null or valid_to >= valid_from)
);
comment on table enterprise_history is '监管对象的历史：某栏在某段时间里是什么；没有记录的时间，就是第一次变更前的值';
comment on column enterprise_history.id is '编号';
comment on column enterprise_history.enterprise_id is '监管对象';
comment on column enterprise_history.area_code is '统计管辖区划（当时）';
comment on column enterprise_history.grid_id is '安格（当时）';
comment on column enterprise_history.field is '哪一栏';
comment on column enterprise_history.value is '值';
comment on column enterprise_history.valid_from is '开始日期';
comment on column enterprise_history.valid_to is '结束日期（含当日），空为至今';
comment on column enterprise_history.source is '来源与理由';
create index enterprise_history_of on enterprise_history (enterprise_id, field, valid_from);
create unique index enterprise_history_one_open on enterprise_history (enterprise_id, field) where valid_to is null;

create table above_scale_list (
  id uuid primary key,
  area_code text collate "C" not null references area (code),
  year integer not null,
  list_version integer not null,
  source text not null,
  valid_from date not null,
  listed integer not null,
  import_id uuid,
  withdrawn_at timestamptz,
  constraint above_scale_list_year check (year between 2000 and 2100)
);
comment on table above_scale_list is '规模以上年度名录：统计部门所发，报表的分母取报告日有效的那一版';
comment on column above_scale_list.id is '编号';
comment on column above_scale_list.area_code is '适用区划';
comment on column above_scale_list.year is '年度';
comment on column above_scale_list.list_version is '第几版';
comment on column above_scale_list.source is '来源';
comment on column above_scale_list.valid_from is '自何日起用';
comment on column above_scale_list.listed is '家数';
comment on column above_scale_list.import_id is '由哪次导入建立';
comment on column above_scale_list.withdrawn_at is '撤销时间';
create unique index above_scale_list_version on above_scale_list (area_code, year, list_version);

create table above_scale_entry (
  list_id uuid not null references above_scale_list (id),
  enterprise_id uuid not null references enterprise (id),
  area_code text collate "C" not null,
  grid_id uuid,
  primary key (list_id, enterprise_id)
);
comment on table above_scale_entry is '规模以上年度名录中的单位';
comment on column above_scale_entry.list_id is '名录';
comment on column above_scale_entry.enterprise_id is '监管对象';
comment on column above_scale_entry.area_code is '统计管辖区划（当时）';
comment on column above_scale_entry.grid_id is '安格（当时）';
create index above_scale_entry_enterprise on above_scale_entry (enterprise_id);

alter table post add constraint post_enterprise_known foreign key (enterprise_id) references enterprise (id);
alter table post add constraint post_park_known foreign key (park_id) references park (id);
create index post_park on post (park_id);
