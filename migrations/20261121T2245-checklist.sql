-- 检查表: versions of checklists. A published version never changes: hazards, papers and comparisons between visits
-- point at its items, so the database itself refuses the change.

create table checklist_version (
  id uuid primary key,
  code text not null,
  number integer not null,
  name text not null,
  state text not null,
  area_code text collate "C" not null,
  visit_kinds text[] not null,
  applies_to jsonb not null,
  legal_basis jsonb not null default '[]',
  items jsonb not null,
  item_count integer not null,
  shipped boolean not null default false,
  based_on uuid references checklist_version (id),
  authors uuid[] not null default '{}',
  drafted_at timestamptz not null,
  edited_at timestamptz not null,
  published_by uuid,
  published_at timestamptz,
  retired_by uuid,
  retired_at timestamptz,
  retired_why text,
  version integer not null default 1,
  constraint checklist_code_form check (code ~ '^[A-Z]{2,6}$'),
  constraint checklist_number_positive check (number >= 1),
  constraint checklist_state check (state in ('DRAFT','PUBLISHED','RETIRED')),
  constraint checklist_published_when check (state <> 'PUBLISHED' or published_at is not null),
  constraint checklist_retired_when check (state <> 'RETIRED' or retired_at is not null),
  constraint checklist_item_count check (item_count = jsonb_array_length(items)),
  constraint checklist_publish_by_other check (published_by is null or not published_by = any (authors))
);
comment on table checklist_version is '检查表版本：发布后内容不可更改';
comment on column checklist_version.id is '编号';
comment on column checklist_version.code is '检查表代号：FG 复工自查、YC 夜查工贸、JX 九小商铺、YQ 园区验收、GL 隔离点等';
comment on column checklist_version.number is '版次，同一代号内递增';
comment on column checklist_version.name is '名称';
comment on column checklist_version.state is '状态：草稿、已发布、已停用';
comment on column checklist_version.area_code is '编制单位的区划；系统自带的为全国';
comment on column checklist_version.visit_kinds is '适用的走访方式';
comment on column checklist_version.applies_to is '适用对象：标签、场所种类、行业';
comment on column checklist_version.legal_basis is '整表依据：检查项自己没有依据时引用';
comment on column checklist_version.items is '检查项，按顺序';
comment on column checklist_version.item_count is '检查项数';
comment on column checklist_version.shipped is '是否系统自带';
comment on column checklist_version.based_on is '由哪一版修订而来';
comment on column checklist_version.authors is '起草和修改过的人：不得自己发布';
comment on column checklist_version.drafted_at is '起草时间';
comment on column checklist_version.edited_at is '最后修改时间';
comment on column checklist_version.published_by is '发布人';
comment on column checklist_version.published_at is '发布时间';
comment on column checklist_version.retired_by is '停用人';
comment on column checklist_version.retired_at is '停用时间';
comment on column checklist_version.retired_why is '停用原因';
comment on column checklist_version.version is '记录版本';
create index checklist_version_based_on on checklist_version (based_on);
create unique index checklist_number_unique on checklist_version (code, number);
-- At most one version of a code is in use.
create unique index checklist_one_published on checklist_version (code) where state = 'PUBLISHED';

create function refuse_published_checklist() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state = 'DRAFT' then return old; end if;
  elsif old.state = 'DRAFT'
    or (new.state <> 'DRAFT' and new.code = old.code and new.number = old.number and new.name = old.name
      and new.visit_kinds = old.visit_kinds and new.applies_to = old.applies_to and new.legal_basis = old.legal_basis
      and new.items = old.items) then
    return new;
  end if;
  raise exception 'published checklist' using errcode = '23514', constraint = 'checklist_immutable';
end $$;
create trigger checklist_version_immutable before update or delete on checklist_version
  for each row execute function refuse_published_checklist();
