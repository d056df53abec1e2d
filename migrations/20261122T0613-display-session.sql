-- A wall that hangs for a week has a session of its own: it shows the big screen and nothing else, does not end by idleness and is not ended by a newer sign-in.

alter table session add column kind text not null default 'NORMAL' constraint session_kind check (kind in ('NORMAL', 'DISPLAY'));
comment on column session.kind is '种类：NORMAL 普通登录，DISPLAY 大屏长期展示（只能看画面）';
comment on table session is '登录会话：普通登录一个账号同时一个，另可有几处大屏长期展示';
