-- Photos and files: the original kept untouched under its hash, links to what it proves, and look-alikes found.

create table attachment (
  id uuid primary key,
  sha256 text not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  width integer,
  height integer,
  perceptual_hash text,
  taken_at timestamptz,
  received_at timestamptz not null,
  clock_drift_seconds integer,
  place text,
  lon double precision,
  lat double precision,
  taken_by text not null,
  uploaded_by uuid not null references person (id),
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid references enterprise (id),
  look_alike_of uuid references attachment (id),
  version integer not null default 1,
  voided_at timestamptz,
  void_reason text,
  constraint attachment_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint attachment_media_type check (media_type in ('image/jpeg','image/png','image/webp','image/heic','application/pdf',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document','application/vnd.openxmlformats-officedocument.spreadsheetml.sheet','video/mp4','audio/mp4'))
);
comment on table attachment is '附件：照片与文件，原件按摘要存放，永不改动';
comment on column attachment.id is '编号（由上传端生成）';
comment on column attachment.sha256 is '原件的 SHA-256';
comment on column attachment.name is '原文件名';
comment on column attachment.media_type is '按内容认定的类型';
comment on column attachment.bytes is '字节数';
comment on column attachment.width is '宽（像素）';
comment on column attachment.height is '高（像素）';
comment on column attachment.perceptual_hash is '感知摘要（64 位十六进制），用于发现重复使用的照片';
comment on column attachment.taken_at is '设备上的拍摄时间';
comment on column attachment.received_at is '服务器收到的时间';
comment on column attachment.clock_drift_seconds is '设备时钟与服务器之差（秒），只作记录';
comment on column attachment.place is '拍摄地点文字，无定位时为空';
comment on column attachment.lon is '经度（WGS84）';
comment on column attachment.lat is '纬度（WGS84）';
comment on column attachment.taken_by is '拍摄人姓名（水印用）';
comment on column attachment.uploaded_by is '上传人';
comment on column attachment.area_code is '统计管辖区划（当时）';
comment on column attachment.grid_id is '安格（当时）';
comment on column attachment.enterprise_id is '监管对象';
comment on column attachment.look_alike_of is '与哪张早先的照片雷同';
comment on column attachment.version is '版本';
comment on column attachment.voided_at is '作废时间';
comment on column attachment.void_reason is '作废理由';
create index attachment_area on attachment (area_code);
create index attachment_enterprise on attachment (enterprise_id);
create index attachment_uploader on attachment (uploaded_by, received_at desc);
create index attachment_sha256 on attachment (sha256);
create index attachment_look_alike on attachment (look_alike_of);

create table attachment_link (
  attachment_id uuid not null references attachment (id),
  aggregate text not null,
  aggregate_id uuid not null,
  role text not null,
  linked_at timestamptz not null,
  primary key (aggregate_id, attachment_id, role),
  constraint attachment_link_role check (role in ('BEFORE','AFTER','SIGNATURE','OUTCOME','PLAN','REPORT','OTHER'))
);
comment on table attachment_link is '附件用在哪里';
comment on column attachment_link.attachment_id is '附件';
comment on column attachment_link.aggregate is '对象种类';
comment on column attachment_link.aggregate_id is '对象编号';
comment on column attachment_link.role is '作何用';
comment on column attachment_link.linked_at is '关联时间';
create index attachment_link_attachment on attachment_link (attachment_id);

-- The 64-bit hash in four 16-bit bands: pictures at a distance of at most 3 bits share at least one band.
create table attachment_band (
  attachment_id uuid not null references attachment (id),
  band smallint not null,
  value integer not null,
  primary key (band, value, attachment_id)
);
comment on table attachment_band is '感知摘要的四段，用于快速找雷同照片';
comment on column attachment_band.attachment_id is '附件';
comment on column attachment_band.band is '第几段';
comment on column attachment_band.value is '段值';
create index attachment_band_attachment on attachment_band (attachment_id);
