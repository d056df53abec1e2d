-- Day counters by street, kept with the facts: every change of a visit or hazard appends its difference in the same
-- transaction (no hot row); a job folds the differences. A figure is counters plus unfolded differences.

create table day_count (
  street text collate "C" not null,
  day date not null,
  metric text not null,
  n integer not null,
  primary key (day, metric, street),
  constraint day_count_metric check (metric in ('VISITED','CHECKED','FOUND','CLOSED','FIXED'))
);
comment on table day_count is '按街道、日期的计数';
comment on column day_count.street is '街道区划';
comment on column day_count.day is '业务日期';
comment on column day_count.metric is '指标：走访家次、已检查家次、发现隐患、销号隐患、现场整改';
comment on column day_count.n is '数';

create table day_count_delta (
  id bigint generated always as identity primary key,
  street text collate "C" not null,
  day date not null,
  metric text not null,
  n integer not null
);
comment on table day_count_delta is '计数的增减，待折叠';
comment on column day_count_delta.id is '编号';
comment on column day_count_delta.street is '街道区划';
comment on column day_count_delta.day is '业务日期';
comment on column day_count_delta.metric is '指标';
comment on column day_count_delta.n is '增减';

-- Rows live for seconds: without eager cleaning every figure would walk over the dead ones.
alter table day_count_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

create function local_day(at timestamptz) returns date language sql immutable as $$ select (at at time zone 'UTC' + interval '8 hours')::date $$;

create function count_visits() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into day_count_delta (street, day, metric, n)
      select left(v.area_code, 9) || '000', v.business_date, m.metric, count(*)
      from new_rows v cross join lateral (values ('VISITED'), (case when v.outcome = 'CHECKED' then 'CHECKED' end)) m (metric)
      where v.state = 'DONE' and m.metric is not null group by 1, 2, 3;
  else
    insert into day_count_delta (street, day, metric, n)
      select street, day, metric, sum(n) from (
        select left(v.area_code, 9) || '000' as street, v.business_date as day, m.metric, 1 as n
        from new_rows v cross join lateral (values ('VISITED'), (case when v.outcome = 'CHECKED' then 'CHECKED' end)) m (metric)
        where v.state = 'DONE' and m.metric is not null
        union all
        select left(v.area_code, 9) || '000', v.business_date, m.metric, -1
        from old_rows v cross join lateral (values ('VISITED'), (case when v.outcome = 'CHECKED' then 'CHECKED' end)) m (metric)
        where v.state = 'DONE' and m.metric is not null) d
      group by 1, 2, 3 having sum(n) <> 0;
  end if;
  return null;
end $$;
create trigger visit_counted_insert after insert on visit referencing new table as new_rows for each statement execute function count_visits();
create trigger visit_counted_update after update on visit referencing old table as old_rows new table as new_rows for each statement execute function count_visits();

create function count_hazards() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into day_count_delta (street, day, metric, n)
      select left(h.area_code, 9) || '000', m.day, m.metric, count(*)
      from new_rows h cross join lateral (values
        (h.found_on, 'FOUND'),
        (case when h.state = 'CLOSED' then local_day(h.closed_at) end, 'CLOSED'),
        (case when h.state = 'CLOSED' and h.closed_how = 'ON_SITE' then local_day(h.closed_at) end, 'FIXED')) m (day, metric)
      where h.state not in ('DRAFT', 'VOID') and m.day is not null group by 1, 2, 3;
  else
    insert into day_count_delta (street, day, metric, n)
      select street, day, metric, sum(n) from (
        select left(h.area_code, 9) || '000' as street, m.day, m.metric, 1 as n
        from new_rows h cross join lateral (values
          (h.found_on, 'FOUND'),
          (case when h.state = 'CLOSED' then local_day(h.closed_at) end, 'CLOSED'),
          (case when h.state = 'CLOSED' and h.closed_how = 'ON_SITE' then local_day(h.closed_at) end, 'FIXED')) m (day, metric)
        where h.state not in ('DRAFT', 'VOID') and m.day is not null
        union all
        select left(h.area_code, 9) || '000', m.day, m.metric, -1
        from old_rows h cross join lateral (values
          (h.found_on, 'FOUND'),
          (case when h.state = 'CLOSED' then local_day(h.closed_at) end, 'CLOSED'),
          (case when h.state = 'CLOSED' and h.closed_how = 'ON_SITE' then local_day(h.closed_at) end, 'FIXED')) m (day, metric)
        where h.state not in ('DRAFT', 'VOID') and m.day is not null) d
      group by 1, 2, 3 having sum(n) <> 0;
  end if;
  return null;
end $$;
create trigger hazard_counted_insert after insert on hazard referencing new table as new_rows for each statement execute function count_hazards();
create trigger hazard_counted_update after update on hazard referencing old table as old_rows new table as new_rows for each statement execute function count_hazards();
