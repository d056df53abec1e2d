-- On conflict locks the row even where nothing is to be changed: the records of one team then wait for one another until commit.

create or replace function campaign_count_visits() returns trigger language plpgsql as $$
begin
  if not exists (select from new_rows where campaign_id is not null) then return null; end if;
  if tg_op = 'UPDATE' then
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select d.campaign_id, left(d.area_code, 9) || '000', m.metric, coalesce(d.team_id::text, ''), sum(d.sign * m.n)
      from (select 1 as sign, n.campaign_id, n.team_id, n.area_code, n.state, n.outcome from new_rows n union all select -1, o.campaign_id, o.team_id, o.area_code, o.state, o.outcome from old_rows o) d
      cross join lateral (values ('VISITS', 1), ('CHECKS', case when d.outcome = 'CHECKED' then 1 else 0 end)) m (metric, n)
      where d.campaign_id is not null and d.state = 'DONE' group by 1, 2, 3, 4 having sum(d.sign * m.n) <> 0;
    update campaign_target t set visits = t.visits + x.visits, checks = t.checks + x.checks, state = case when t.state = 'DROPPED' then t.state when t.checks + x.checks > 0 then 'DONE' when t.team_id is null then 'TO_DO' else 'TAKEN' end,
        first_on = case when t.checks + x.checks > 0 then coalesce(t.first_on, x.day) end, last_on = case when x.checks > 0 then greatest(t.last_on, x.day) else t.last_on end, version = t.version + 1
      from (select d.campaign_id, d.site_id, sum(d.sign)::int as visits, sum(case when d.outcome = 'CHECKED' then d.sign else 0 end)::int as checks, max(d.business_date) as day
        from (select 1 as sign, n.campaign_id, n.site_id, n.state, n.outcome, n.business_date from new_rows n union all select -1, o.campaign_id, o.site_id, o.state, o.outcome, o.business_date from old_rows o) d
        where d.campaign_id is not null and d.state = 'DONE' group by 1, 2 having sum(d.sign) <> 0 or sum(case when d.outcome = 'CHECKED' then d.sign else 0 end) <> 0) x
      where t.campaign_id = x.campaign_id and t.site_id = x.site_id;
  else
    insert into campaign_count_delta (campaign_id, street, metric, part, n)
      select n.campaign_id, left(n.area_code, 9) || '000', m.metric, coalesce(n.team_id::text, ''), sum(m.n)
      from new_rows n cross join lateral (values ('VISITS', 1), ('CHECKS', case when n.outcome = 'CHECKED' then 1 else 0 end)) m (metric, n)
      where n.campaign_id is not null and n.state = 'DONE' group by 1, 2, 3, 4 having sum(m.n) <> 0;
    update campaign_target t set visits = t.visits + x.visits, checks = t.checks + x.checks, state = case when t.state <> 'DROPPED' and x.checks > 0 then 'DONE' else t.state end,
        first_on = case when x.checks > 0 then coalesce(t.first_on, x.day) else t.first_on end, last_on = case when x.checks > 0 then greatest(t.last_on, x.day) else t.last_on end, version = t.version + 1
      from (select n.campaign_id, n.site_id, count(*)::int as visits, count(*) filter (where n.outcome = 'CHECKED')::int as checks, max(n.business_date) as day
        from new_rows n where n.campaign_id is not null and n.state = 'DONE' group by 1, 2) x
      where t.campaign_id = x.campaign_id and t.site_id = x.site_id;
  end if;
  -- A place nobody had listed, met on the way, is an object of the campaign from now on.
  insert into campaign_target (campaign_id, site_id, enterprise_id, area_code, grid_id, park_id, site_kind, sort, source, team_id, state, visits, checks, first_on, last_on)
    select n.campaign_id, n.site_id, n.enterprise_id, n.area_code, n.grid_id, n.park_id, s.kind, campaign_sort(s.kind), 'FOUND', (array_agg(n.team_id))[1], case when count(*) filter (where n.outcome = 'CHECKED') > 0 then 'DONE' else 'TO_DO' end,
      count(*)::int, count(*) filter (where n.outcome = 'CHECKED')::int, min(n.business_date) filter (where n.outcome = 'CHECKED'), max(n.business_date) filter (where n.outcome = 'CHECKED')
    from new_rows n join site s on s.id = n.site_id join campaign c on c.id = n.campaign_id where n.state = 'DONE'
      and not exists (select from campaign_target t where t.campaign_id = n.campaign_id and t.site_id = n.site_id) group by 1, 2, 3, 4, 5, 6, 7
    on conflict (campaign_id, site_id) do update set visits = campaign_target.visits + excluded.visits, checks = campaign_target.checks + excluded.checks,
      state = case when excluded.checks > 0 then 'DONE' else campaign_target.state end, first_on = coalesce(campaign_target.first_on, excluded.first_on), last_on = greatest(campaign_target.last_on, excluded.last_on);
  -- Who was there was on duty that business day.
  insert into campaign_attendance (campaign_id, business_date, person_id, team_id, state, how, at)
    select distinct on (n.campaign_id, n.business_date, p.person_id) n.campaign_id, n.business_date, p.person_id, n.team_id, 'PRESENT', 'VISIT', coalesce(n.arrived_at, n.created_at)
    from new_rows n join campaign c on c.id = n.campaign_id join visit_person p on p.visit_id = n.id and p.person_id is not null and p.part <> 'COMPANION' where n.state = 'DONE'
      and not exists (select from campaign_attendance a where a.campaign_id = n.campaign_id and a.business_date = n.business_date and a.person_id = p.person_id and a.state = 'PRESENT')
    on conflict (campaign_id, business_date, person_id) do update set state = 'PRESENT', reason = null where campaign_attendance.state <> 'PRESENT';
  return null;
end $$;
