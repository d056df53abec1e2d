-- A step of a hazard changes one row, and what hangs on it was worked out by joining tables of old and new rows, whether or not it
-- moved any count. By row, the condition is asked before the function, and most steps need one row in the phones' feed and nothing else.

create function sync_hazard_row() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id)
    values (coalesce((select (value #>> '{}')::int from setting where key = 'ledger.epoch' and area_code = '000000000000'), 1), 'hazard', new.id::text, new.area_code, new.grid_id, new.enterprise_id);
  if (old.area_code, old.grid_id, old.enterprise_id) is distinct from (new.area_code, new.grid_id, new.enterprise_id) then
    insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id) values (sync_epoch(), 'hazard', old.id::text, old.area_code, old.grid_id, old.enterprise_id);
  end if;
  return null;
end $$;
drop trigger hazard_synced_update on hazard;
create trigger hazard_synced_update after update on hazard for each row execute function sync_hazard_row();

create function sync_todo_row() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people, verb)
    values (coalesce((select (value #>> '{}')::int from setting where key = 'ledger.epoch' and area_code = '000000000000'), 1), 'todo', new.id::text, new.area_code, new.grid_id, new.enterprise_id,
      array_remove(array[new.person_id, old.person_id], null), coalesce(new.verb, old.verb));
  return null;
end $$;
drop trigger todo_synced_update on todo;
create trigger todo_synced_update after update on todo for each row when (old.done_at is null or new.done_at is null) execute function sync_todo_row();

create function count_hazard_row() returns trigger language plpgsql as $$
begin
  insert into day_count_delta (street, day, metric, n)
    select left(d.area_code, 9) || '000', m.day, m.metric, sum(d.sign)
    from (values (1, new.area_code, new.state, new.found_on, new.closed_at, new.closed_how), (-1, old.area_code, old.state, old.found_on, old.closed_at, old.closed_how)) d (sign, area_code, state, found_on, closed_at, closed_how)
    cross join lateral (values
      (d.found_on, 'FOUND'),
      (case when d.state = 'CLOSED' then local_day(d.closed_at) end, 'CLOSED'),
      (case when d.state = 'CLOSED' and d.closed_how = 'ON_SITE' then local_day(d.closed_at) end, 'FIXED')) m (day, metric)
    where d.state not in ('DRAFT', 'VOID') and m.day is not null group by 1, 2, 3 having sum(d.sign) <> 0;
  return null;
end $$;
drop trigger hazard_counted_update on hazard;
create trigger hazard_counted_update after update on hazard for each row
  when ((old.area_code, old.found_on, old.closed_at, old.closed_how) is distinct from (new.area_code, new.found_on, new.closed_at, new.closed_how)
    or (old.state <> new.state and (old.state in ('DRAFT', 'VOID', 'CLOSED') or new.state in ('DRAFT', 'VOID', 'CLOSED'))))
  execute function count_hazard_row();

create function campaign_count_hazard_row() returns trigger language plpgsql as $$
begin
  insert into campaign_count_delta (campaign_id, street, metric, part, n)
    select d.campaign_id, d.street, m.metric, coalesce(d.team_id::text, ''), sum(d.sign)
    from (values (1, new.campaign_id, new.team_id, new.street, new.level, new.state, new.closed_how), (-1, old.campaign_id, old.team_id, old.street, old.level, old.state, old.closed_how)) d (sign, campaign_id, team_id, street, level, state, closed_how)
    cross join lateral (values ('FOUND'), (case when d.level = 'MAJOR' then 'MAJOR' end), (case when d.state = 'CLOSED' then 'CLOSED' end), (case when d.state = 'CLOSED' and d.closed_how = 'ON_SITE' then 'FIXED' end)) m (metric)
    where d.campaign_id is not null and d.state not in ('DRAFT', 'VOID') and m.metric is not null group by 1, 2, 3, 4 having sum(d.sign) <> 0;
  return null;
end $$;
drop trigger hazard_campaign_update on hazard;
create trigger hazard_campaign_update after update on hazard for each row
  when ((old.campaign_id is not null or new.campaign_id is not null)
    and ((old.campaign_id, old.team_id, old.area_code, old.level, old.closed_how) is distinct from (new.campaign_id, new.team_id, new.area_code, new.level, new.closed_how)
      or (old.state <> new.state and (old.state in ('DRAFT', 'VOID', 'CLOSED') or new.state in ('DRAFT', 'VOID', 'CLOSED')))))
  execute function campaign_count_hazard_row();

-- Whoever stays in a team as he was is not written again; a statement that changes nobody calls nothing.
create function sync_visit_person_row() returns trigger language plpgsql as $$
begin
  insert into sync_change (epoch, kind, ref, area_code, grid_id, enterprise_id, people)
    select sync_epoch(), 'visit', v.id::text, v.area_code, v.grid_id, v.enterprise_id, array[old.person_id] from visit v where v.id = old.visit_id and v.state not in ('DONE','VOID');
  return null;
end $$;
drop trigger visit_person_synced_update on visit_person;
drop trigger visit_person_synced_delete on visit_person;
create trigger visit_person_synced_update after update on visit_person for each row when (old.person_id is not null) execute function sync_visit_person_row();
create trigger visit_person_synced_delete after delete on visit_person for each row when (old.person_id is not null) execute function sync_visit_person_row();
