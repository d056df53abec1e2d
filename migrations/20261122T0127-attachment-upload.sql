-- Uploads in pieces: what is announced and on its way; the attachment itself is made when the hash is right.

alter table attachment add column mock_location boolean not null default false;
comment on column attachment.mock_location is '设备报告为模拟定位，只作记录';

create table attachment_upload (
  id uuid primary key,
  person_id uuid not null references person (id),
  name text not null,
  sha256 text not null,
  size bigint not null,
  received bigint not null default 0,
  chunks jsonb not null default '[]',
  taken_at timestamptz,
  place text,
  lon double precision,
  lat double precision,
  mock_location boolean not null,
  clock_drift_seconds integer,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid references enterprise (id),
  purpose jsonb,
  begun_at timestamptz not null,
  last_at timestamptz not null,
  done_at timestamptz,
  constraint attachment_upload_received check (received between 0 and size)
);
create index attachment_upload_person on attachment_upload (person_id) where done_at is null;
create index attachment_upload_by on attachment_upload (person_id);
create index attachment_upload_enterprise on attachment_upload (enterprise_id);
create index attachment_upload_last on attachment_upload (last_at);
comment on table attachment_upload is '分段上传：已登记、在途中的文件，收齐验讫后成为附件';
comment on column attachment_upload.id is '编号（由设备生成），即将来的附件编号';
comment on column attachment_upload.person_id is '上传人';
comment on column attachment_upload.name is '原文件名';
comment on column attachment_upload.sha256 is '设备上算得的 SHA-256';
comment on column attachment_upload.size is '总字节数';
comment on column attachment_upload.received is '已收字节数';
comment on column attachment_upload.chunks is '已收各段：起点、字节数、摘要';
comment on column attachment_upload.taken_at is '设备上的拍摄时间';
comment on column attachment_upload.place is '拍摄地点文字';
comment on column attachment_upload.lon is '经度（WGS84）';
comment on column attachment_upload.lat is '纬度（WGS84）';
comment on column attachment_upload.mock_location is '设备报告为模拟定位，只作记录';
comment on column attachment_upload.clock_drift_seconds is '设备时钟与服务器之差（秒），只作记录';
comment on column attachment_upload.area_code is '统计管辖区划（当时）';
comment on column attachment_upload.grid_id is '安格（当时）';
comment on column attachment_upload.enterprise_id is '监管对象';
comment on column attachment_upload.purpose is '用途：对象种类、对象编号、作何用';
comment on column attachment_upload.begun_at is '登记时间';
comment on column attachment_upload.last_at is '最近一次收到内容的时间';
comment on column attachment_upload.done_at is '收齐并成为附件的时间';
