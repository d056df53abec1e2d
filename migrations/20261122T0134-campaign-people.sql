-- Who was out, counted as it happens; the significant part of an area's code; a team's last visit.

create function campaign_count_people() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into campaign_count_delta (campaign_id, street, metric, part, n) select campaign_id, '', 'PERSONS', coalesce(team_id::text, ''), count(*) from new_rows where state = 'PRESENT' group by 1, 4;
  else
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select d.campaign_id, '', 'PERSONS', coalesce(d.team_id::text, ''), sum(d.sign)
      from (select 1 as sign, n.campaign_id, n.team_id, n.state from new_rows n union all select -1, o.campaign_id, o.team_id, o.state from old_rows o) d where d.state = 'PRESENT' group by 1, 4 having sum(d.sign) <> 0;
  end if;
  return null;
end $$;
create trigger campaign_attendance_counted_insert after insert on campaign_attendance referencing new table as new_rows for each statement execute function campaign_count_people();
create trigger campaign_attendance_counted_update after update on campaign_attendance referencing old table as old_rows new table as new_rows for each statement execute function campaign_count_people();

create function area_prefix(code text) returns text language sql immutable as $$
  select case when right(code, 10) = '0000000000' then left(code, 2) when right(code, 8) = '00000000' then left(code, 4) when right(code, 6) = '000000' then left(code, 6) when right(code, 3) = '000' then left(code, 9) else code end $$;

create index visit_team on visit (team_id, arrived_at desc) where team_id is not null;
