-- The machinery that knows no capability: commands, events, their seals, jobs, audit, settings.

create table command (
  id uuid primary key,
  actor_id uuid,
  operation text not null,
  request_hash text not null,
  response jsonb,
  at timestamptz not null
);
comment on table command is '命令：每一次改动的幂等记录，重放时原样返回结果';
comment on column command.id is '命令编号（由发起端生成的幂等键）';
comment on column command.actor_id is '发起人';
comment on column command.operation is '操作名';
comment on column command.request_hash is '请求内容摘要，同号异文即为冲突';
comment on column command.response is '已返回的结果';
comment on column command.at is '执行时间';
create index command_at on command (at);

create table setting (
  key text not null,
  area_code text collate "C" not null,
  value jsonb not null,
  version integer not null default 1,
  primary key (key, area_code)
);
comment on table setting is '参数：期限、阈值、用语等地方差异，按区划向上逐级取值';
comment on column setting.key is '参数名';
comment on column setting.area_code is '适用区划，全零为全局';
comment on column setting.value is '参数值';
comment on column setting.version is '版本';

create table domain_event (
  seq bigint generated always as identity primary key,
  epoch integer not null default 1,
  xid xid8 not null default pg_current_xact_id(),
  id uuid not null,
  at timestamptz not null,
  occurred_at timestamptz not null,
  command_id uuid,
  operation text not null,
  aggregate text not null,
  aggregate_id uuid not null,
  version integer not null,
  event text not null,
  from_state text,
  to_state text,
  actor_id uuid,
  actor_name text not null,
  actor_role text not null,
  area_code text collate "C" not null,
  grid_id uuid,
  enterprise_id uuid,
  data jsonb not null,
  origin jsonb not null
);
comment on table domain_event is '事件：只增不改的经过，一切状态由它而来';
comment on column domain_event.seq is '入库顺序号';
comment on column domain_event.epoch is '纪元：库被恢复到别处后加一，保证封存次序';
comment on column domain_event.xid is '事务号：封存时按事务先后排序，不漏晚提交者';
comment on column domain_event.id is '事件编号';
comment on column domain_event.at is '服务器时间';
comment on column domain_event.occurred_at is '业务发生时间';
comment on column domain_event.command_id is '由哪条命令产生';
comment on column domain_event.operation is '操作名';
comment on column domain_event.aggregate is '对象种类';
comment on column domain_event.aggregate_id is '对象编号';
comment on column domain_event.version is '该对象的第几版';
comment on column domain_event.event is '事件名';
comment on column domain_event.from_state is '原状态';
comment on column domain_event.to_state is '新状态';
comment on column domain_event.actor_id is '谁';
comment on column domain_event.actor_name is '姓名（当时）';
comment on column domain_event.actor_role is '以何角色';
comment on column domain_event.area_code is '统计管辖区划（当时）';
comment on column domain_event.grid_id is '安格（当时）';
comment on column domain_event.enterprise_id is '监管对象（当时）';
comment on column domain_event.data is '内容与理由';
comment on column domain_event.origin is '来源：设备、定位、设备时间';
create index domain_event_aggregate on domain_event (aggregate_id, seq);
create index domain_event_enterprise on domain_event (enterprise_id, at desc) where enterprise_id is not null;
create index domain_event_order on domain_event (epoch, xid, seq);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append only' using errcode = 'AN001';
end $$;
create trigger domain_event_append_only before update or delete on domain_event for each row execute function refuse_change();
create trigger domain_event_no_truncate before truncate on domain_event for each statement execute function refuse_change();

create table ledger_seal (
  batch integer primary key,
  epoch integer not null,
  last_xid xid8 not null,
  last_seq bigint not null,
  count integer not null,
  algorithm text not null,
  root text not null,
  previous text not null,
  chain text not null,
  sealed_at timestamptz not null,
  constraint ledger_seal_algorithm check (algorithm in ('sha256', 'sm3'))
);
comment on table ledger_seal is '封存：每批事件的默克尔根，前后相链';
comment on column ledger_seal.batch is '批号';
comment on column ledger_seal.epoch is '本批最后一条的纪元';
comment on column ledger_seal.last_xid is '本批最后一条的事务号';
comment on column ledger_seal.last_seq is '本批最后一条的顺序号';
comment on column ledger_seal.count is '条数';
comment on column ledger_seal.algorithm is '摘要算法';
comment on column ledger_seal.root is '本批默克尔根';
comment on column ledger_seal.previous is '上一批的链值';
comment on column ledger_seal.chain is '本批的链值';
comment on column ledger_seal.sealed_at is '封存时间';
create trigger ledger_seal_append_only before update or delete on ledger_seal for each row execute function refuse_change();

create table job (
  id uuid primary key,
  kind text not null,
  payload jsonb not null,
  run_at timestamptz not null,
  attempts integer not null default 0,
  locked_until timestamptz,
  done_at timestamptz,
  failed text,
  every_seconds integer
);
comment on table job is '后台任务';
comment on column job.id is '编号';
comment on column job.kind is '种类';
comment on column job.payload is '参数';
comment on column job.run_at is '何时可做';
comment on column job.attempts is '已试次数';
comment on column job.locked_until is '被领走到何时';
comment on column job.done_at is '完成时间';
comment on column job.failed is '最近一次失败的原因';
comment on column job.every_seconds is '周期任务的间隔秒数';
create index job_waiting on job (run_at) where done_at is null;
create unique index job_recurring on job (kind) where every_seconds is not null;

create table audit (
  id uuid primary key,
  at timestamptz not null,
  request_id text not null,
  actor_id uuid,
  actor_name text not null,
  kind text not null,
  subject text not null,
  subject_id text,
  result text not null,
  address text not null,
  data jsonb not null
);
comment on table audit is '审计：登录、拒绝、导出、查看个人信息，不能关闭';
comment on column audit.id is '编号';
comment on column audit.at is '时间';
comment on column audit.request_id is '请求号';
comment on column audit.actor_id is '谁';
comment on column audit.actor_name is '姓名或所填账号';
comment on column audit.kind is '类别';
comment on column audit.subject is '对象或操作';
comment on column audit.subject_id is '对象编号';
comment on column audit.result is '结果';
comment on column audit.address is '来源地址';
comment on column audit.data is '说明';
create index audit_at on audit (at desc);
create index audit_actor on audit (actor_id, at desc);
create trigger audit_append_only before update or delete on audit for each row execute function refuse_change();
