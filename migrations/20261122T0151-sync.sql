-- 离线同步: what changed where, in which transaction, so that a phone hears of it; and the phones themselves.

create table sync_change (
  seq bigint generated always as identity primary key,
  epoch integer not null,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  ref text collate "C" not null,
  area_code text collate "C",
  grid_id uuid,
  enterprise_id uuid,
  people uuid[] not null default '{}',
  verb text,
  at timestamptz not null default now(),
  constraint sync_change_kind check (kind in ('area','person','visit','todo','checklist','hazard','paper','site'))
);
create index sync_change_order on sync_change (epoch, xid, seq);
create index sync_change_at on sync_change (at);
comment on table sync_change is '离线数据的变化：由触发器随写随记，过期清理';
comment on column sync_change.seq is '序号';
comment on column sync_change.epoch is '账本纪元：换库恢复后事务号重新起算';
comment on column sync_change.xid is '所在事务号：按它判断一部手机看没看到';
comment on column sync_change.kind is '种类：区划、人员、任务、待办、检查表、隐患、文书、场所';
comment on column sync_change.ref is '变化的记录编号';
comment on column sync_change.area_code is '变化前或变化后的区划';
comment on column sync_change.grid_id is '变化前或变化后的安格';
comment on column sync_change.enterprise_id is '监管对象';
comment on column sync_change.people is '与谁有关：参加人、承办人、起草人';
comment on column sync_change.verb is '待办按什么权限承办';
comment on column sync_change.at is '事务开始时间，只用于清理';

create function sync_epoch() returns integer language sql stable as $$
  select coalesce((select (value #>> '{}')::int from setting where key = 'ledger.epoch' and area_code = '000000000000'), 1) $$;

create function sync_site() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
      select (select sync_epoch()), 'site', n.id::text, n.area_code, n.grid_id, n.enterprise_id from new_rows n;
  else
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
      select (select sync_epoch()), 'site', n.id::text, n.area_code, n.grid_id, n.enterprise_id from new_rows n
      union all
      select (select sync_epoch()), 'site', o.id::text, o.area_code, o.grid_id, o.enterprise_id from old_rows o join new_rows n on n.id = o.id
      where (o.area_code, o.grid_id, o.enterprise_id) is distinct from (n.area_code, n.grid_id, n.enterprise_id);
  end if;
  return null;
end $$;
create trigger site_synced_insert after insert on site referencing new table as new_rows for each statement execute function sync_site();
create trigger site_synced_update after update on site referencing old table as old_rows new table as new_rows for each statement execute function sync_site();

-- The phone's row of a site carries facts of its enterprise.
create function sync_enterprise() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
    select (select sync_epoch()), 'site', s.id::text, s.area_code, s.grid_id, s.enterprise_id from new_rows n join site s on s.enterprise_id = n.id where s.voided_at is null;
  return null;
end $$;
create trigger enterprise_synced_update after update on enterprise referencing new table as new_rows for each statement execute function sync_enterprise();

create function sync_hazard() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
      select (select sync_epoch()), 'hazard', n.id::text, n.area_code, n.grid_id, n.enterprise_id from new_rows n where n.state not in ('CLOSED','VOID','TRANSFER_CLOSED');
  else
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
      select (select sync_epoch()), 'hazard', n.id::text, n.area_code, n.grid_id, n.enterprise_id from new_rows n
      union all
      select (select sync_epoch()), 'hazard', o.id::text, o.area_code, o.grid_id, o.enterprise_id from old_rows o join new_rows n on n.id = o.id
      where (o.area_code, o.grid_id, o.enterprise_id) is distinct from (n.area_code, n.grid_id, n.enterprise_id);
  end if;
  return null;
end $$;
create trigger hazard_synced_insert after insert on hazard referencing new table as new_rows for each statement execute function sync_hazard();
create trigger hazard_synced_update after update on hazard referencing old table as old_rows new table as new_rows for each statement execute function sync_hazard();

create function sync_photo() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
    select distinct (select sync_epoch()), 'hazard', h.id::text, h.area_code, h.grid_id, h.enterprise_id from new_rows n join hazard h on h.id = n.aggregate_id
    where n.aggregate = 'hazard' and h.state not in ('CLOSED','VOID','TRANSFER_CLOSED');
  return null;
end $$;
create trigger attachment_link_synced after insert on attachment_link referencing new table as new_rows for each statement execute function sync_photo();

create function sync_visit() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people)
      select (select sync_epoch()), 'visit', n.id::text, n.area_code, n.grid_id, n.enterprise_id, array[n.created_by] from new_rows n where n.state not in ('DONE','VOID');
  else
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people)
      select (select sync_epoch()), 'visit', n.id::text, n.area_code, n.grid_id, n.enterprise_id,
        array[n.created_by] || array(select p.person_id from visit_person p where p.visit_id = n.id and p.person_id is not null)
      from new_rows n join old_rows o on o.id = n.id where o.state not in ('DONE','VOID') or n.state not in ('DONE','VOID');
  end if;
  return null;
end $$;
create trigger visit_synced_insert after insert on visit referencing new table as new_rows for each statement execute function sync_visit();
create trigger visit_synced_update after update on visit referencing old table as old_rows new table as new_rows for each statement execute function sync_visit();

-- Somebody joins or leaves a team.
create function sync_visit_person() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people)
    select (select sync_epoch()), 'visit', v.id::text, v.area_code, v.grid_id, v.enterprise_id, array_agg(distinct c.person_id)
    from changed_rows c join visit v on v.id = c.visit_id where c.person_id is not null and v.state not in ('DONE','VOID') group by v.id;
  return null;
end $$;
create trigger visit_person_synced_insert after insert on visit_person referencing new table as changed_rows for each statement execute function sync_visit_person();
create trigger visit_person_synced_update after update on visit_person referencing old table as changed_rows for each statement execute function sync_visit_person();
create trigger visit_person_synced_delete after delete on visit_person referencing old table as changed_rows for each statement execute function sync_visit_person();

create function sync_visit_draft() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, people) select (select sync_epoch()), 'visit', n.visit_id::text, array[n.person_id] from new_rows n;
  return null;
end $$;
create trigger visit_draft_synced_insert after insert on visit_draft referencing new table as new_rows for each statement execute function sync_visit_draft();
create trigger visit_draft_synced_update after update on visit_draft referencing new table as new_rows for each statement execute function sync_visit_draft();

create function sync_todo() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people, verb)
      select (select sync_epoch()), 'todo', n.id::text, n.area_code, n.grid_id, n.enterprise_id, array_remove(array[n.person_id], null), n.verb from new_rows n where n.done_at is null;
  else
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people, verb)
      select (select sync_epoch()), 'todo', n.id::text, n.area_code, n.grid_id, n.enterprise_id, array_remove(array[n.person_id, o.person_id], null), coalesce(n.verb, o.verb)
      from new_rows n join old_rows o on o.id = n.id where o.done_at is null or n.done_at is null;
  end if;
  return null;
end $$;
create trigger todo_synced_insert after insert on todo referencing new table as new_rows for each statement execute function sync_todo();
create trigger todo_synced_update after update on todo referencing old table as old_rows new table as new_rows for each statement execute function sync_todo();

create function sync_paper() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people)
      select (select sync_epoch()), 'paper', n.id::text, n.area_code, n.grid_id, n.enterprise_id, n.officers || n.drafted_by || array(select p.person_id from visit_person p where p.visit_id = n.visit_id and p.person_id is not null)
      from new_rows n where n.state not in ('SERVED','VOIDED');
  else
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people)
      select (select sync_epoch()), 'paper', n.id::text, n.area_code, n.grid_id, n.enterprise_id,
        n.officers || o.officers || n.drafted_by || array(select p.person_id from visit_person p where p.visit_id = n.visit_id and p.person_id is not null)
      from new_rows n join old_rows o on o.id = n.id;
  end if;
  return null;
end $$;
create trigger paper_synced_insert after insert on paper referencing new table as new_rows for each statement execute function sync_paper();
create trigger paper_synced_update after update on paper referencing old table as old_rows new table as new_rows for each statement execute function sync_paper();

create function sync_checklist() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code) select (select sync_epoch()), 'checklist', n.id::text, n.area_code from new_rows n where n.state <> 'DRAFT';
  return null;
end $$;
create trigger checklist_version_synced_insert after insert on checklist_version referencing new table as new_rows for each statement execute function sync_checklist();
create trigger checklist_version_synced_update after update on checklist_version referencing new table as new_rows for each statement execute function sync_checklist();

create function sync_area() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code) select (select sync_epoch()), 'area', n.code, n.code from new_rows n;
  return null;
end $$;
create trigger area_synced_insert after insert on area referencing new table as new_rows for each statement execute function sync_area();
create trigger area_synced_update after update on area referencing new table as new_rows for each statement execute function sync_area();

create function sync_grid() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sync_change (epoch, kind, ref, area_code, grid_id) select (select sync_epoch()), 'area', n.id::text, n.area_code, n.id from new_rows n;
  else
    insert into sync_change (epoch, kind, ref, area_code, grid_id)
      select distinct (select sync_epoch()), 'area', x.id::text, x.area_code, x.id from (select id, area_code from new_rows union select id, area_code from old_rows) x;
  end if;
  return null;
end $$;
create trigger grid_synced_insert after insert on grid referencing new table as new_rows for each statement execute function sync_grid();
create trigger grid_synced_update after update on grid referencing old table as old_rows new table as new_rows for each statement execute function sync_grid();

-- A colleague is known by the counties of his posts.
create function sync_person() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'person' then
    insert into sync_change (epoch, kind, ref, area_code)
      select distinct (select sync_epoch()), 'person', t.person_id::text, left(coalesce(t.area_code, g.area_code), 6) || '000000'
      from new_rows n join post t on t.person_id = n.id left join grid g on g.id = t.grid_id where coalesce(t.area_code, g.area_code) is not null;
  else
    insert into sync_change (epoch, kind, ref, area_code)
      select distinct (select sync_epoch()), 'person', t.person_id::text, left(coalesce(t.area_code, g.area_code), 6) || '000000'
      from new_rows n join post t on t.person_id = n.person_id left join grid g on g.id = t.grid_id where coalesce(t.area_code, g.area_code) is not null;
  end if;
  return null;
end $$;
create trigger person_synced_update after update on person referencing new table as new_rows for each statement execute function sync_person();
create trigger post_synced_insert after insert on post referencing new table as new_rows for each statement execute function sync_person();
create trigger post_synced_update after update on post referencing new table as new_rows for each statement execute function sync_person();
create trigger certificate_synced_insert after insert on certificate referencing new table as new_rows for each statement execute function sync_person();
create trigger certificate_synced_update after update on certificate referencing new table as new_rows for each statement execute function sync_person();

create table device (
  id uuid not null,
  person_id uuid not null references person (id),
  name text not null,
  app text not null default '',
  registered_at timestamptz not null,
  last_seen_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references person (id),
  revoked_why text,
  version integer not null default 1,
  primary key (id, person_id)
);
create index device_person on device (person_id);
create index device_revoked_by on device (revoked_by);
comment on table device is '外勤设备：谁用哪台手机，遗失即停用；一机可有多人';
comment on column device.id is '设备编号（由设备生成）';
comment on column device.person_id is '使用人';
comment on column device.name is '设备名称';
comment on column device.app is '应用版本';
comment on column device.registered_at is '登记时间';
comment on column device.last_seen_at is '最近一次同步';
comment on column device.revoked_at is '停用时间';
comment on column device.revoked_by is '停用人';
comment on column device.revoked_why is '停用理由';
comment on column device.version is '版本';

alter table session add column device_id uuid;
create index session_device on session (device_id) where device_id is not null;
comment on column session.device_id is '在哪台登记的设备上登录';
