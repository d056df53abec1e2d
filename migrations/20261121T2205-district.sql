-- Areas (12-digit statistical codes), functional areas, grids (安格), their members, duties and rota.

create table area (
  code text collate "C" primary key,
  parent_code text collate "C" references area (code),
  name text not null,
  kind text not null,
  sort_no integer not null,
  area_km2 numeric(10, 2),
  boundary jsonb,
  center_lon double precision,
  center_lat double precision,
  host_county text,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  constraint area_code_form check (code ~ '^\d{12}$'),
  constraint area_kind check (kind in ('PROVINCE','CITY','DISTRICT','STREET','COMMUNITY','DEV_ZONE','PARK_COMMITTEE','BAY_AREA')),
  constraint area_dates check (valid_to is null or valid_to >= valid_from)
);
create index area_parent on area (parent_code);

create table grid (
  id uuid primary key,
  code text not null constraint grid_code_unique unique,
  name text not null,
  area_code text collate "C" not null references area (code),
  boundary jsonb,
  center_lon double precision,
  center_lat double precision,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  grid_id uuid generated always as (id) stored,
  enterprise_id uuid
);
create index grid_area on grid (area_code);

create table grid_member (
  id uuid primary key,
  grid_id uuid not null references grid (id),
  area_code text collate "C" not null,
  enterprise_id uuid,
  person_id uuid not null,
  post text not null,
  duty text not null,
  is_main boolean not null,
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  constraint grid_member_post check (post in ('LEADER','A','B','RESERVE')),
  constraint grid_member_dates check (valid_to is null or valid_to >= valid_from)
);
create index grid_member_grid on grid_member (grid_id);
create index grid_member_person on grid_member (person_id);
create unique index grid_member_one_main on grid_member (person_id) where is_main and valid_to is null;

create table grid_rota (
  grid_id uuid not null references grid (id),
  day date not null,
  person_id uuid not null,
  area_code text collate "C" not null,
  enterprise_id uuid,
  swapped_from uuid,
  approved_by uuid,
  primary key (grid_id, day, person_id)
);
create index grid_rota_person on grid_rota (person_id, day);
