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
create index certificate_person on certificate (person_id);
create unique index certificate_no_unique on certificate (kind, no);

alter table grid_member add constraint grid_member_person_known foreign key (person_id) references person (id);
alter table grid_rota add constraint grid_rota_person_known foreign key (person_id) references person (id);
