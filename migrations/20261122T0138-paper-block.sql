-- Numbers reserved in advance for one device of one officer, so that a paper can be issued without a line and never clashes.

create table paper_block (
  id uuid primary key,
  person_id uuid not null references person (id),
  device text not null,
  agency_id uuid not null references organisation (id),
  type text not null,
  year smallint not null,
  prefix text not null,
  word_code text not null,
  first_seq integer not null,
  last_seq integer not null,
  state text not null,
  taken_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid references person (id),
  closed_why text,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  version integer not null default 1,
  constraint paper_block_state check (state in ('OPEN','RETURNED','VOIDED','EXPIRED')),
  constraint paper_block_size check (last_seq >= first_seq and last_seq < first_seq + 20),
  constraint paper_block_closed check ((state = 'OPEN') = (closed_at is null))
);
create index paper_block_person on paper_block (person_id, taken_at desc);
create index paper_block_agency on paper_block (agency_id);
create index paper_block_closed_by on paper_block (closed_by);
create index paper_block_open on paper_block (expires_at) where state = 'OPEN';
comment on table paper_block is '预留文号段：一人一机一年，供离线签发';
comment on column paper_block.id is '编号（由设备生成）';
comment on column paper_block.person_id is '领号人';
comment on column paper_block.device is '设备编号';
comment on column paper_block.agency_id is '执法机关';
comment on column paper_block.type is '文书代码';
comment on column paper_block.year is '年份';
comment on column paper_block.prefix is '机关代字（领号时）';
comment on column paper_block.word_code is '文号用字（领号时）';
comment on column paper_block.first_seq is '首号';
comment on column paper_block.last_seq is '末号';
comment on column paper_block.state is '在用、已交回、已作废、已过期';
comment on column paper_block.taken_at is '领号时间';
comment on column paper_block.expires_at is '有效至：此后不得再用于签发';
comment on column paper_block.closed_at is '了结时间';
comment on column paper_block.closed_by is '了结人，过期为空';
comment on column paper_block.closed_why is '了结理由';
comment on column paper_block.area_code is '机关所在区划';
comment on column paper_block.grid_id is '管辖范围用，恒为空';
comment on column paper_block.enterprise_id is '管辖范围用，恒为空';
comment on column paper_block.version is '版本';

alter table paper_number alter column paper_id drop not null;
alter table paper_number add column block_id uuid references paper_block (id);
alter table paper_number add column voided_at timestamptz;
alter table paper_number add column voided_why text;
alter table paper_number drop constraint paper_number_state;
alter table paper_number add constraint paper_number_state check (state in ('RESERVED','USED','VOIDED'));
alter table paper_number add constraint paper_number_paper_known check (paper_id is not null or (block_id is not null and state in ('RESERVED','VOIDED')));
create index paper_number_block on paper_number (block_id) where block_id is not null;
comment on table paper_number is '文号登记：在用、预留、作废，作废的不再使用，无空号';
comment on column paper_number.paper_id is '文书；预留未用和未用即作废的为空';
comment on column paper_number.state is '预留、在用或作废';
comment on column paper_number.block_id is '出自哪个预留文号段';
comment on column paper_number.voided_at is '作废时间';
comment on column paper_number.voided_why is '作废理由';
