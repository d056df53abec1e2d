-- 监管对象: enterprise (legal person or unlicensed place), its sites, parks, buildings, and the history of what changes.

create table park (
  id uuid primary key,
  code text not null constraint park_code_unique unique,
  name text not null,
  kind text not null default 'INDUSTRIAL_PARK',
  parent_park_id uuid references park (id),
  area_code text collate "C" not null references area (code),
  grid_id uuid references grid (id),
  enterprise_id uuid,
  operator_name text,
  address text not null,
  lon double precision,
  lat double precision,
  version integer not null default 1,
  voided_at timestamptz,
  constraint park_kind check (kind in ('INDUSTRIAL_PARK','CHEMICAL_PARK','PARK_IN_PARK')),
  constraint park_in_park_has_parent check (kind <> 'PARK_IN_PARK' or parent_park_id is not null)
);
create index park_area on park (area_code);
create index park_parent on park (parent_park_id);
create index park_grid on park (grid_id);

create table building (
  id uuid primary key,
  park_id uuid references park (id),
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  name text not null,
  floors integer,
  height_m numeric(6, 1),
  floor_area_m2 numeric(10, 1),
  version integer not null default 1
);
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
  principal_phone_tail text,
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
  constraint enterprise_risk_color check (risk_color in ('RED','ORANGE','YELLOW','BLUE'))
);
create unique index enterprise_credit_code_unique on enterprise (credit_code) where voided_at is null;
create index enterprise_area on enterprise (area_code, id);
create index enterprise_grid on enterprise (grid_id);
create index enterprise_park on enterprise (park_id);
create index enterprise_words on enterprise using gin (words);
create index enterprise_name_py on enterprise (name_py text_pattern_ops);
create index enterprise_phone_tail on enterprise (principal_phone_tail);

create table site (
  id uuid primary key,
  enterprise_id uuid not null references enterprise (id),
  code text not null constraint site_code_unique unique,
  name text not null,
  kind text not null,
  parent_site_id uuid references site (id),
  park_id uuid references park (id),
  building_id uuid references building (id),
  floor text,
  area_code text collate "C" not null references area (code),
  geo_code text collate "C",
  grid_id uuid references grid (id),
  address text not null,
  lon double precision,
  lat double precision,
  is_main boolean not null default true,
  version integer not null default 1,
  closed_on date
);
create index site_enterprise on site (enterprise_id);
create index site_parent on site (parent_site_id);
create index site_park on site (park_id);
create index site_building on site (building_id);
create index site_grid on site (grid_id);
create index site_area on site (area_code);

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
  constraint enterprise_history_field check (field in ('STATE','AREA','INDUSTRY','SIZE','ABOVE_SCALE','NAME','STANDARD'))
);
create index enterprise_history_of on enterprise_history (enterprise_id, field, valid_from);

alter table post add constraint post_enterprise_known foreign key (enterprise_id) references enterprise (id);
alter table post add constraint post_park_known foreign key (park_id) references park (id);
create index post_park on post (park_id);
