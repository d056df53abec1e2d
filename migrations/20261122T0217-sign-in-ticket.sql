-- Signing in with a one-time ticket of another platform: who is bound to which identity there, and tickets that were taken.

create table account_identity (
  id uuid primary key,
  account_id uuid not null references account (id),
  platform text not null,
  external_blind text not null,
  external_masked text not null,
  bound_by uuid references person (id),
  bound_at timestamptz not null,
  unbound_at timestamptz
);
create unique index account_identity_once on account_identity (platform, external_blind) where unbound_at is null;
create index account_identity_account on account_identity (account_id);
create index account_identity_bound_by on account_identity (bound_by);
comment on table account_identity is '外部平台身份与本系统账号的绑定';
comment on column account_identity.id is '编号';
comment on column account_identity.account_id is '账号';
comment on column account_identity.platform is '平台代码（配置中登记）';
comment on column account_identity.external_blind is '平台人员编号的密钥摘要';
comment on column account_identity.external_masked is '平台人员编号（打码）';
comment on column account_identity.bound_by is '绑定人';
comment on column account_identity.bound_at is '绑定时间';
comment on column account_identity.unbound_at is '解绑时间';

create table sign_in_ticket (
  hash text primary key,
  platform text not null,
  used_at timestamptz not null
);
create index sign_in_ticket_used on sign_in_ticket (used_at);
comment on table sign_in_ticket is '已用过的登录票据，一票一次';
comment on column sign_in_ticket.hash is '票据的 SHA-256';
comment on column sign_in_ticket.platform is '平台代码';
comment on column sign_in_ticket.used_at is '使用时间';
