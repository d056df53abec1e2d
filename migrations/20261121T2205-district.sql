-- Areas (12-digit statistical codes), functional areas, neighbours, grids (安格), their members, duties, rota and swaps.

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
  host_counties text[] not null default '{}',
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  boundary_version integer not null default 0,
  constraint area_code_form check (code ~ '^\d{12}$'),
  constraint area_kind check (kind in ('PROVINCE','CITY','DISTRICT','STREET','COMMUNITY','DEV_ZONE','PARK_COMMITTEE','BAY_AREA')),
  constraint area_dates check (valid_to is null or valid_to >= valid_from),
  constraint area_not_own_parent check (parent_code <> code)
);
comment on table area is '区划：省、市、区县、街道（镇、乡）、社区（村）和功能区';
comment on column area.code is '12 位统计用区划代码';
comment on column area.parent_code is '上级区划';
comment on column area.name is '名称';
comment on column area.kind is '种类：行政层级或功能区（开发区、园区管委会、湾区）';
comment on column area.sort_no is '本单位自定的排列次序，各表按此排行';
comment on column area.area_km2 is '面积（平方公里）';
comment on column area.boundary is '边界（GeoJSON，WGS84）';
comment on column area.center_lon is '中心经度';
comment on column area.center_lat is '中心纬度';
comment on column area.host_counties is '功能区所在区县（6 位），首个为统计归属';
comment on column area.valid_from is '启用日期';
comment on column area.valid_to is '撤销日期';
comment on column area.version is '记录版本';
comment on column area.boundary_version is '边界版本';
create index area_parent on area (parent_code);

create table area_neighbour (
  id uuid primary key,
  area_code text collate "C" not null references area (code),
  direction text not null,
  name text not null,
  neighbour_code text collate "C",
  contact text,
  version integer not null default 1,
  constraint area_neighbour_direction check (direction in ('N','NE','E','SE','S','SW','W','NW'))
);
comment on table area_neighbour is '相邻区域：越界事项移交用';
comment on column area_neighbour.id is '编号';
comment on column area_neighbour.area_code is '本区划';
comment on column area_neighbour.direction is '方位';
comment on column area_neighbour.name is '相邻区域名称';
comment on column area_neighbour.neighbour_code is '相邻区域的区划代码';
comment on column area_neighbour.contact is '移交联系单位';
comment on column area_neighbour.version is '记录版本';
create index area_neighbour_area on area_neighbour (area_code);

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
  rota_version integer not null default 0,
  boundary_version integer not null default 0,
  grid_id uuid generated always as (id) stored,
  enterprise_id uuid,
  constraint grid_dates check (valid_to is null or valid_to >= valid_from)
);
comment on table grid is '安格：定格、定岗、定责的最小单元';
comment on column grid.id is '编号';
comment on column grid.code is '安格码 GRID-社区代码-序号';
comment on column grid.name is '名称';
comment on column grid.area_code is '所在区划';
comment on column grid.boundary is '边界（GeoJSON，WGS84）';
comment on column grid.center_lon is '中心经度';
comment on column grid.center_lat is '中心纬度';
comment on column grid.valid_from is '启用日期';
comment on column grid.valid_to is '撤销日期';
comment on column grid.version is '记录版本';
comment on column grid.rota_version is '排班版本';
comment on column grid.boundary_version is '边界版本';
comment on column grid.grid_id is '安格（同编号，供管辖范围判断）';
comment on column grid.enterprise_id is '监管对象（恒为空，供管辖范围判断）';
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
comment on table grid_member is '安格员：人、格、岗、责及起止日期';
comment on column grid_member.id is '编号';
comment on column grid_member.grid_id is '安格';
comment on column grid_member.area_code is '区划';
comment on column grid_member.enterprise_id is '监管对象（恒为空，供管辖范围判断）';
comment on column grid_member.person_id is '人员';
comment on column grid_member.post is '岗位：格长、A岗、B岗、机动';
comment on column grid_member.duty is '责任';
comment on column grid_member.is_main is '是否主格：一人只有一个';
comment on column grid_member.valid_from is '起始日期';
comment on column grid_member.valid_to is '截止日期（含当日）';
comment on column grid_member.version is '记录版本';
create index grid_member_grid on grid_member (grid_id);
create index grid_member_person on grid_member (person_id);
create index grid_member_area on grid_member (area_code);
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
comment on table grid_rota is '5+2 排班：某日某格谁值';
comment on column grid_rota.grid_id is '安格';
comment on column grid_rota.day is '日期';
comment on column grid_rota.person_id is '值守人';
comment on column grid_rota.area_code is '区划';
comment on column grid_rota.enterprise_id is '监管对象（恒为空，供管辖范围判断）';
comment on column grid_rota.swapped_from is '换班前的值守人';
comment on column grid_rota.approved_by is '批准换班的人';
create index grid_rota_person on grid_rota (person_id, day);
create index grid_rota_area on grid_rota (area_code, day);

create table grid_swap (
  id uuid primary key,
  grid_id uuid not null references grid (id),
  area_code text collate "C" not null,
  enterprise_id uuid,
  day date not null,
  from_person uuid not null,
  to_person uuid not null,
  return_day date,
  reason text not null,
  state text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision text,
  version integer not null default 1,
  constraint grid_swap_state check (state in ('PENDING','APPROVED','REFUSED','WITHDRAWN')),
  constraint grid_swap_two_people check (from_person <> to_person),
  constraint grid_swap_decided check ((state = 'PENDING') = (decided_at is null))
);
comment on table grid_swap is '换班申请：经格长或街道批准才生效';
comment on column grid_swap.id is '编号';
comment on column grid_swap.grid_id is '安格';
comment on column grid_swap.area_code is '区划';
comment on column grid_swap.enterprise_id is '监管对象（恒为空，供管辖范围判断）';
comment on column grid_swap.day is '要换出的日期';
comment on column grid_swap.from_person is '换出人';
comment on column grid_swap.to_person is '替班人';
comment on column grid_swap.return_day is '换出人还班的日期：替班人原来当值的一天';
comment on column grid_swap.reason is '理由';
comment on column grid_swap.state is '状态：待批、已批准、未批准、已撤回';
comment on column grid_swap.requested_by is '申请人';
comment on column grid_swap.requested_at is '申请时间';
comment on column grid_swap.decided_by is '批准人';
comment on column grid_swap.decided_at is '批准时间';
comment on column grid_swap.decision is '批准意见';
comment on column grid_swap.version is '记录版本';
create index grid_swap_grid on grid_swap (grid_id, day);
create index grid_swap_area on grid_swap (area_code);
