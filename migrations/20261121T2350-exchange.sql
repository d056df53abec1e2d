-- 导入: runs, their rows, and remembered headings. A row names its run without a foreign key: each is written by a statement that
-- found the run, and the check would cost a file of 28,000 rows as many look-ups.

create table import_run (
  id uuid primary key,
  no text not null,
  kind text not null,
  state text not null,
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  sheet text not null,
  layout jsonb not null,
  columns jsonb not null,
  options jsonb not null default '{}',
  counts jsonb not null default '{}',
  progress_done integer not null default 0,
  progress_total integer,
  failed text,
  reason text,
  actor jsonb not null,
  created_by uuid not null,
  created_by_name text not null,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  created_at timestamptz not null,
  checked_at timestamptz,
  apply_started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  version integer not null default 1,
  constraint import_run_state check (state in ('UPLOADED','MAPPED','CHECKING','CHECKED','APPLYING','DONE','UNDONE','FAILED','CANCELLED'))
);
comment on table import_run is '导入批次';
comment on column import_run.id is '编号';
comment on column import_run.no is '批次号';
comment on column import_run.kind is '导入什么';
comment on column import_run.state is '到了哪一步';
comment on column import_run.file_name is '文件名';
comment on column import_run.file_sha256 is '文件摘要：原件按此留存';
comment on column import_run.file_bytes is '文件大小（字节）';
comment on column import_run.sheet is '工作表';
comment on column import_run.layout is '表头、样例、推测';
comment on column import_run.columns is '各列对应的栏目';
comment on column import_run.options is '本次选项';
comment on column import_run.counts is '各类行数';
comment on column import_run.progress_done is '已处理行数';
comment on column import_run.progress_total is '总行数';
comment on column import_run.failed is '失败原因';
comment on column import_run.reason is '采用存疑行、撤销的理由';
comment on column import_run.actor is '以谁的名义、在什么范围内执行';
comment on column import_run.created_by is '谁上传';
comment on column import_run.created_by_name is '上传人姓名';
comment on column import_run.area_code is '上传人的管辖区划';
comment on column import_run.grid_id is '安格';
comment on column import_run.enterprise_id is '监管对象';
comment on column import_run.created_at is '上传时间';
comment on column import_run.checked_at is '核对完成时间';
comment on column import_run.apply_started_at is '开始写入时间';
comment on column import_run.finished_at is '写入完成时间';
comment on column import_run.undone_at is '撤销时间';
comment on column import_run.version is '版本';
create index import_run_area on import_run (area_code, id);
create index import_run_live on import_run (state) where state in ('CHECKING','APPLYING');

create table import_row (
  run_id uuid not null,
  no integer not null,
  verdict text not null,
  taken boolean not null default false,
  applied_at timestamptz,
  target uuid,
  title text not null,
  body json not null,
  before json,
  primary key (run_id, no),
  constraint import_row_verdict check (verdict in ('NEW','CHANGED','SAME','DOUBTFUL','WRONG'))
);
comment on table import_row is '导入批次的行：核对结果与写入情况';
comment on column import_row.run_id is '批次';
comment on column import_row.no is '文件中的行号';
comment on column import_row.verdict is '新增、变更、不变、存疑、有误';
comment on column import_row.taken is '存疑而由人决定采用';
comment on column import_row.applied_at is '写入时间';
comment on column import_row.target is '对应的记录';
comment on column import_row.title is '名称';
comment on column import_row.body is '拟写入的值、新旧对照、问题';
comment on column import_row.before is '写入前的值，供撤销';
create index import_row_verdicts on import_row (run_id, verdict, no) where verdict not in ('NEW', 'SAME');

create table import_mapping (
  kind text not null,
  signature text not null,
  columns jsonb not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  primary key (kind, signature)
);
comment on table import_mapping is '记住的表头对应关系：同样的表头下次照此';
comment on column import_mapping.kind is '导入什么';
comment on column import_mapping.signature is '表头特征';
comment on column import_mapping.columns is '表头对应的栏目';
comment on column import_mapping.saved_by is '谁确认的';
comment on column import_mapping.saved_at is '确认时间';
