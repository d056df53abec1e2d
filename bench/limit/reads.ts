/** The statements of the limit program, each prepared once a connection. */
const enterpriseColumns = `e.id, e.name, e.credit_code as "creditCode", e.identity_kind as "identityKind", e.site_kind as "siteKind", e.state, e.industry_code as "industryCode",
  e.gongmao_sector as "gongmaoSector", e.size_grade as "sizeGrade", e.above_scale as "aboveScale", e.high_risk as "highRisk", e.standard_level as "standardLevel", e.risk_color as "riskColor",
  e.tags, e.employees, e.area_code as "areaCode", a.name as "areaName", s.name as "streetName", e.grid_id as "gridId", g.name as "gridName", e.park_id as "parkId", p.name as "parkName",
  e.address, e.principal_name as "principalName", coalesce(e.principal_phone_masked, '*******' || e.principal_phone_tail) as "principalPhone", e.lon, e.lat, e.version`

const enterpriseJoins = `left join area a on a.code = e.area_code left join area s on s.code = left(e.area_code, 9) || '000' left join grid g on g.id = e.grid_id left join park p on p.id = e.park_id`

export const reads = {
  list: `with e as materialized (
      select *, count(*) over () as total from enterprise where voided_at is null and area_code >= $1 and area_code < $2 and division = $3 and words @> $4::text[]
      order by name collate "C", id limit 50)
    select ${enterpriseColumns}, e.total::int from e ${enterpriseJoins} order by e.name collate "C", e.id`,
  search: `select e.id, e.name, e.credit_code as "creditCode", e.address, a.name as "areaName", e.site_kind as "siteKind", e.state, e.lon, e.lat,
      (select s.id from site s where s.enterprise_id = e.id and s.voided_at is null order by s.is_main desc, s.id limit 1) as "mainSiteId"
    from enterprise e left join area a on a.code = e.area_code where e.voided_at is null and e.words @> $1::text[]
    order by (case when starts_with(e.name, $2) then 0 when position($2 in e.name) > 0 then 1 else 2 end), length(e.name), e.id limit 12`,
  hazards: `select h.id, h.no, h.enterprise_id as "enterpriseId", h.enterprise_name as "enterpriseName", h.description, h.level, h.state, h.due_on::text as "dueOn", h.found_at as "foundAt", h.version,
      a.name as "areaName", g.name as "gridName", count(*) over ()::int as total
    from hazard h left join area a on a.code = h.area_code left join grid g on g.id = h.grid_id
    where h.state = $3 and h.runs_to < $4::date and h.area_code >= $1 and h.area_code < $2
    order by h.runs_to, h.id limit 50`,
  homeStreets: 'select * from limit_home order by sort_no, street',
  homeTrend: 'select * from limit_trend where day <= $1::date order by day desc limit 14',
  cross: 'select * from limit_cross order by street, industry',
  board: `select street, metric, part, n from limit_board where campaign_id = $1`,
  boardStream: `select h.id, h.found_at as at, h.enterprise_name as "enterpriseName", h.location, h.description, h.level, h.closed_how is not distinct from 'ON_SITE' or h.fix_claimed as fixed, t.name as "teamName"
    from hazard h left join campaign_team t on t.id = h.team_id where h.campaign_id = $1 and h.state not in ('DRAFT', 'VOID') order by h.found_at desc, h.id desc limit 30`,
  factsTotal: `select "M07" as total from limit_cross where street = $1 and industry = $2`,
  facts: `select h.id as key, h.id as "recordId", h.description as title, h.no, e.name as "enterpriseName", e.id as "enterpriseId", a.name as "areaName", h.found_on::text as day
    from hazard h join enterprise e on e.id = h.enterprise_id left join area a on a.code = h.area_code
    where h.street = $1 and left(e.industry_code, 2) = $2 and h.found_on between $3::date and $4::date and h.state not in ('DRAFT', 'VOID', 'REPORTED') order by h.found_on desc, h.id desc limit 51`,
} as const
