-- Organisations, people, accounts and sessions, posts (role over a reach), certificates.

create table organisation (
  id uuid primary key,
  name text not null,
  kind text not null,
  area_code text collate "C" not null references area (code),
  parent_id uuid references organisation (id),
  paper_prefix text,
  sort_no integer not null default 0,
  valid_to date,
  version integer not null default 1,
  constraint organisation_kind check (kind in ('BUREAU','TEAM','STREET_OFFICE','COMMITTEE','PARK','ENTERPRISE','EXPERT_BODY','OTHER'))
);
comment on table organisation is '单位和科室';
comment on column organisation.id is '编号';
comment on column organisation.name is '名称';
comment on column organisation.kind is '种类：应急局、科室、街道应急办、安委办、园区、企业、专家机构、其他';
comment on column organisation.area_code is '区划';
comment on column organisation.parent_id is '上级单位';
comment on column organisation.paper_prefix is '文书机关代字';
comment on column organisation.sort_no is '次序';
comment on column organisation.valid_to is '撤销日期';
comment on column organisation.version is '记录版本';
create index organisation_area on organisation (area_code);
create index organisation_parent on organisation (parent_id);

create table person (
  id uuid primary key,
  name text not null,
  name_py text not null,
  phone_sealed text,
  phone_tail text,
  phone_blind text,
  id_sealed text,
  id_masked text,
  organisation_id uuid references organisation (id),
  duty_title text,
  version integer not null default 1,
  left_on date
);
comment on table person is '人员：电话和证件号加密存放';
comment on column person.id is '编号';
comment on column person.name is '姓名';
comment on column person.name_py is '姓名拼音首字母';
comment on column person.phone_sealed is '电话（加密）';
comment on column person.phone_tail is '电话后四位';
comment on column person.phone_blind is '电话的带密钥摘要，供精确查找';
comment on column person.id_sealed is '身份证号（加密）';
comment on column person.id_masked is '身份证号（遮掩）';
comment on column person.organisation_id is '所在单位';
comment on column person.duty_title is '职务';
comment on column person.version is '记录版本';
comment on column person.left_on is '离职日期';
create index person_organisation on person (organisation_id);
create index person_phone_tail on person (phone_tail);

create table account (
  id uuid primary key,
  person_id uuid not null constraint account_person_unique unique references person (id),
  login text not null constraint account_login_unique unique,
  password_hash text not null,
  password_changed_at timestamptz not null,
  must_change boolean not null default true,
  previous_hashes text[] not null default '{}',
  failed_count integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  version integer not null default 1
);
comment on table account is '账号：开立时没有任何权限';
comment on column account.id is '编号';
comment on column account.person_id is '人员，一人一个';
comment on column account.login is '账号名';
comment on column account.password_hash is '口令摘要（Argon2id）';
comment on column account.password_changed_at is '口令修改时间';
comment on column account.must_change is '下次登录须改口令';
comment on column account.previous_hashes is '最近用过的口令摘要';
comment on column account.failed_count is '连续输错次数';
comment on column account.locked_until is '锁定到';
comment on column account.disabled_at is '停用时间';
comment on column account.created_by is '开立人：不得由同一人授权';
comment on column account.created_at is '开立时间';
comment on column account.version is '记录版本';

create table session (
  id uuid primary key,
  token_hash text not null constraint session_token_unique unique,
  account_id uuid not null references account (id),
  person_id uuid not null references person (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  address text not null,
  agent text not null,
  revoked_at timestamptz,
  revoked_why text
);
comment on table session is '登录会话：一个账号同时一个';
comment on column session.id is '编号';
comment on column session.token_hash is '令牌摘要';
comment on column session.account_id is '账号';
comment on column session.person_id is '人员';
comment on column session.created_at is '登录时间';
comment on column session.last_seen_at is '最近活动时间';
comment on column session.ends_at is '到期时间';
comment on column session.address is '网络地址';
comment on column session.agent is '浏览器';
comment on column session.revoked_at is '结束时间';
comment on column session.revoked_why is '结束原因';
create index session_account on session (account_id);
create index session_person on session (person_id);

create table role (
  code text primary key,
  name text not null,
  verbs text[] not null,
  grants text[] not null default '{}',
  shipped boolean not null,
  exclusive boolean not null default false,
  version integer not null default 1
);
comment on table role is '角色：一行权限动词';
comment on column role.code is '代码';
comment on column role.name is '名称';
comment on column role.verbs is '权限动词';
comment on column role.grants is '可以授予而自己不持有的动词；*business 指全部业务动词';
comment on column role.shipped is '是否系统自带';
comment on column role.exclusive is '是否与其他角色互斥（三员）';
comment on column role.version is '记录版本';

create table post (
  id uuid primary key,
  person_id uuid not null references person (id),
  role_code text not null references role (code),
  reach_kind text not null,
  area_code text collate "C",
  grid_id uuid references grid (id),
  enterprise_id uuid,
  park_id uuid,
  valid_from date not null,
  valid_to date,
  granted_by uuid,
  granted_at timestamptz not null,
  version integer not null default 1,
  constraint post_reach_kind check (reach_kind in ('AREA','GRID','ENTERPRISE','PARK','NONE')),
  constraint post_reach_given check (
    (reach_kind = 'NONE') or (reach_kind = 'AREA' and area_code is not null) or (reach_kind = 'GRID' and grid_id is not null)
    or (reach_kind = 'ENTERPRISE' and enterprise_id is not null) or (reach_kind = 'PARK' and park_id is not null))
);
comment on table post is '岗位：某人在某范围任某角色';
comment on column post.id is '编号';
comment on column post.person_id is '人员';
comment on column post.role_code is '角色';
comment on column post.reach_kind is '范围种类：区划、安格、企业、园区';
comment on column post.area_code is '区划';
comment on column post.grid_id is '安格';
comment on column post.enterprise_id is '企业';
comment on column post.park_id is '园区';
comment on column post.valid_from is '起始日期';
comment on column post.valid_to is '截止日期（含当日）；早于起始表示未曾生效';
comment on column post.granted_by is '授予人';
comment on column post.granted_at is '授予时间';
comment on column post.version is '记录版本';
create index post_person on post (person_id);
create index post_role on post (role_code);
create index post_grid on post (grid_id);
create index post_enterprise on post (enterprise_id);

create table certificate (
  id uuid primary key,
  person_id uuid not null references person (id),
  kind text not null,
  no text not null,
  issued_by text not null,
  scope text,
  valid_from date not null,
  valid_to date not null,
  revoked_on date,
  version integer not null default 1,
  constraint certificate_kind check (kind in ('LAW_ENFORCEMENT','EXPERT','SAFETY_MANAGER')),
  constraint certificate_dates check (valid_to >= valid_from)
);
comment on table certificate is '证件：行政执法证、专家聘书、安全生产考核合格证';
comment on column certificate.id is '编号';
comment on column certificate.person_id is '持证人';
comment on column certificate.kind is '种类';
comment on column certificate.no is '证号';
comment on column certificate.issued_by is '发证机关';
comment on column certificate.scope is '范围：执法区域、主要负责人或安全管理人员等';
comment on column certificate.valid_from is '有效期起';
comment on column certificate.valid_to is '有效期止（含当日）';
comment on column certificate.revoked_on is '注销日期：自当日起无效';
comment on column certificate.version is '记录版本';
create index certificate_person on certificate (person_id);
create unique index certificate_no_unique on certificate (kind, no);

alter table grid_member add constraint grid_member_person_known foreign key (person_id) references person (id);
alter table grid_rota add constraint grid_rota_person_known foreign key (person_id) references person (id);
