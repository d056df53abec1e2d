-- Figures by day, month and year, recounted for the days whose facts moved. A change of a fact marks its days in the same
-- transaction (appended, no hot row); a job recounts marked days; whoever reads counts marked days from the facts themselves
-- and takes the tally for the rest. A figure is therefore never behind, and costs its period's months, not its facts.

create table figure_mark (
  id bigint generated always as identity primary key,
  register text not null,
  day date not null,
  constraint figure_mark_register check (register in ('HAZARD','VISIT'))
);
comment on table figure_mark is '有变动、待重新汇总的日期：读数时这些日期按台账逐条计';
comment on column figure_mark.id is '编号';
comment on column figure_mark.register is '台账：HAZARD 隐患，VISIT 走访';
comment on column figure_mark.day is '业务日期';
create index figure_mark_day on figure_mark (register, day);
alter table figure_mark set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

create table figure_tally (
  metric text not null,
  shape smallint not null,
  span text not null,
  day date not null,
  area text collate "C" not null,
  a text not null,
  b text not null,
  n integer not null,
  primary key (metric, shape, span, day, area, a, b),
  constraint figure_tally_span check (span in ('D','M','Y'))
);
comment on table figure_tally is '指标的汇总数，可随时由台账重算';
comment on column figure_tally.metric is '指标编号';
comment on column figure_tally.shape is '按哪一组维度分（见程序中的 shapes）';
comment on column figure_tally.span is '跨度：D 日、M 月、Y 年';
comment on column figure_tally.day is '业务日期，月、年为其首日';
comment on column figure_tally.area is '街道区划';
comment on column figure_tally.a is '第一个维度的值，无则为空';
comment on column figure_tally.b is '第二个维度的值，无则为空';
comment on column figure_tally.n is '数';

create table figure_apart (
  visit_id uuid primary key references visit (id),
  day date not null
);
comment on table figure_apart is '不进汇总的走访：联合检查，以及同一小组同一天在同一场所却分属不同维度的，读数时逐条去重';
comment on column figure_apart.visit_id is '走访';
comment on column figure_apart.day is '业务日期';
create index figure_apart_day on figure_apart (day);

create table figure_state (
  id smallint primary key,
  definition text not null,
  folds bigint not null,
  rest_until timestamptz not null,
  constraint figure_state_one check (id = 1)
);
comment on table figure_state is '汇总的状态，只有一行；汇总时锁住它';
comment on column figure_state.id is '恒为 1';
comment on column figure_state.definition is '按哪一版口径汇总；与程序的不同，就不用汇总数并全部重算';
comment on column figure_state.folds is '汇总了几次';
comment on column figure_state.rest_until is '此前不再汇总：忙时让路';
insert into figure_state (id, definition, folds, rest_until) values (1, '', 0, '2000-01-01T00:00:00Z');

-- A day's facts are read from an index, however many years lie around it.
create index hazard_found_on on hazard (found_on, id) where state not in ('DRAFT','VOID');
create index hazard_closed_on on hazard (closed_on, id) where state = 'CLOSED';
create index hazard_due_on on hazard (due_on, id) where due_on is not null and state not in ('DRAFT','VOID');
create index visit_done_on on visit (business_date, id) where state = 'DONE';
create index visit_joint_day on visit (business_date) where joint_id is not null;
create index paper_issued_on on paper (issued_on, id) where issued_on is not null;
create index domain_event_rounds on domain_event (event, at) where event in ('hazard.submitted','hazard.lapsed','hazard.transferred');
create index campaign_attendance_day on campaign_attendance (business_date);

create function figure_mark_hazards() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into figure_mark (register, day)
      select distinct 'HAZARD', x.d from new_rows n cross join lateral (values (n.found_on), (n.closed_on), (n.due_on)) x (d) where x.d is not null and n.state not in ('DRAFT','VOID');
  else
    insert into figure_mark (register, day)
      select distinct 'HAZARD', x.d from (values (old.found_on), (old.closed_on), (old.due_on), (new.found_on), (new.closed_on), (new.due_on)) x (d) where x.d is not null;
  end if;
  return null;
end $$;
create trigger hazard_figure_insert after insert on hazard referencing new table as new_rows for each statement execute function figure_mark_hazards();
-- Most changes of a hazard move no count: the condition is cheaper than the call.
create trigger hazard_figure_update after update on hazard for each row
  when ((old.found_on, old.closed_on, old.due_on, old.level, old.source, old.area_code, old.grid_id, old.enterprise_id, old.campaign_id, old.closed_how)
    is distinct from (new.found_on, new.closed_on, new.due_on, new.level, new.source, new.area_code, new.grid_id, new.enterprise_id, new.campaign_id, new.closed_how)
    or (old.state <> new.state and (old.state in ('DRAFT','REPORTED','CLOSED','VOID') or new.state in ('DRAFT','REPORTED','CLOSED','VOID'))))
  execute function figure_mark_hazards();

create function figure_mark_visits() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into figure_mark (register, day) select distinct 'VISIT', n.business_date from new_rows n where n.state = 'DONE' and n.business_date is not null;
  else
    insert into figure_mark (register, day) select distinct 'VISIT', x.d from (values (old.business_date), (new.business_date)) x (d) where x.d is not null;
  end if;
  return null;
end $$;
create trigger visit_figure_insert after insert on visit referencing new table as new_rows for each statement execute function figure_mark_visits();
create trigger visit_figure_update after update on visit for each row
  when ((old.state = 'DONE' or new.state = 'DONE') and
    (old.state, old.business_date, old.outcome, old.clue_kind, old.kind, old.campaign_id, old.area_code, old.grid_id, old.enterprise_id, old.site_id, old.joint_id, old.team_id, old.agency_id, old.answer_count, old.version_ids)
    is distinct from (new.state, new.business_date, new.outcome, new.clue_kind, new.kind, new.campaign_id, new.area_code, new.grid_id, new.enterprise_id, new.site_id, new.joint_id, new.team_id, new.agency_id, new.answer_count, new.version_ids))
  execute function figure_mark_visits();

-- Industry and size are counted as of the event (G5): what is learnt later about an enterprise moves all its days.
create function figure_mark_enterprise(enterprise uuid) returns void language sql as $$
  insert into figure_mark (register, day)
    select distinct 'HAZARD', x.d from hazard h cross join lateral (values (h.found_on), (h.closed_on), (h.due_on)) x (d) where h.enterprise_id = enterprise and x.d is not null
    union all select distinct 'VISIT', v.business_date from visit v where v.enterprise_id = enterprise and v.state = 'DONE' $$;
create function figure_mark_history() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'enterprise' then perform figure_mark_enterprise(new.id); else perform figure_mark_enterprise(new.enterprise_id); end if;
  return null;
end $$;
create trigger enterprise_figure_update after update on enterprise for each row
  when ((old.industry_code, old.size_grade, old.above_scale) is distinct from (new.industry_code, new.size_grade, new.above_scale)) execute function figure_mark_history();
create trigger enterprise_history_figure after insert or update on enterprise_history for each row
  when (new.field in ('INDUSTRY','SIZE','ABOVE_SCALE')) execute function figure_mark_history();
