import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import * as e from './enterprise.ts'
import { EnterprisePoints } from './map.ts'
import * as p from './park.ts'

const byId = z.strictObject({ id: z.uuid() })
const stale = 'common.stale'
const duplicates = ['enterprise.credit_code_unique', 'enterprise.same_name_address'] as const
const codes = ['enterprise.code_required', 'enterprise.code_wrong', 'enterprise.code_unconfirmed', 'enterprise.code_reason'] as const
const places = ['enterprise.out_of_reach', 'enterprise.grid_unknown', 'enterprise.grid_elsewhere', 'enterprise.area_unknown', 'enterprise.park_unknown'] as const

export const operations = {
  list: query('GET /enterprises', { summary: '监管对象列表', input: e.EnterpriseFilter, output: e.EnterprisePage, verb: 'enterprise.read', problems: ['common.bad_cursor'] }),
  figures: query('GET /enterprises/figures', { summary: '监管对象数量', input: e.FigureFilter, output: e.EnterpriseFigures, verb: 'enterprise.read' }),
  points: query('GET /enterprises/points', { summary: '一张图：监管对象位置', input: e.FigureFilter, output: EnterprisePoints, verb: 'enterprise.read', perMinute: 120 }),
  find: query('GET /enterprises/find', { summary: '查找监管对象', input: e.FindInput, output: z.object({ rows: z.array(e.Found) }), verb: 'enterprise.read' }),
  export: query('GET /enterprises/export', { summary: '导出监管对象', input: e.ExportInput, output: z.object({}), verb: 'enterprise.export', answer: 'file', perMinute: 20, problems: ['enterprise.reveal_needed'] }),
  get: query('GET /enterprises/:id', { summary: '一企一档', input: byId, output: e.EnterpriseView, verb: 'enterprise.read' }),
  timeline: query('GET /enterprises/:id/timeline', { summary: '企业经过', input: e.TimelineInput, output: e.TimelinePage, verb: 'enterprise.read' }),
  reveal: query('GET /enterprises/:id/phones', { summary: '查看完整电话', input: byId, output: e.Revealed, verb: 'enterprise.reveal', perMinute: 60 }),
  create: command('POST /enterprises', { summary: '新建监管对象', input: e.CreateEnterprise, output: e.Changed, verb: 'enterprise.edit', problems: [...codes, ...duplicates, ...places] }),
  update: command('POST /enterprises/:id', { summary: '修改监管对象', input: e.UpdateEnterprise, output: e.Changed, verb: 'enterprise.edit', problems: [stale, ...codes, ...duplicates, ...places] }),
  editOwn: command('POST /enterprises/:id/own', { summary: '企业修改自己的资料', input: e.EditOwn, output: e.Changed, verb: 'enterprise.self_edit', problems: [stale, 'enterprise.phone_wrong'] }),
  setContacts: command('POST /enterprises/:id/contacts', { summary: '更新联系人', input: e.SetContacts, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.phone_wrong'] }),
  setState: command('POST /enterprises/:id/state', { summary: '登记经营状态', input: e.SetState, output: e.Changed, verb: 'enterprise.state', offline: true, problems: [stale, 'enterprise.state_same', 'enterprise.state_not_possible', 'enterprise.state_verb', 'enterprise.future'] }),
  setTags: command('POST /enterprises/:id/tags', { summary: '更新类别标签', input: e.SetTags, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.tag_extra', 'enterprise.tag_twice'] }),
  relocate: command('POST /enterprises/:id/relocate', { summary: '调整管辖区划', input: e.Relocate, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.future', ...places] }),
  void: command('POST /enterprises/:id/void', { summary: '作废监管对象', input: e.VoidEnterprise, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.voided'] }),
  addSite: command('POST /enterprises/:id/sites', { summary: '增加经营场所', input: e.AddSite, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.parent_site_required', 'enterprise.parent_site_unknown', ...places] }),
  moveSite: command('POST /enterprises/:id/sites/:siteId/move', { summary: '场所迁移', input: e.MoveSite, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.future', ...places] }),
  closeSite: command('POST /enterprises/:id/sites/:siteId/close', { summary: '停用场所', input: e.CloseSite, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'enterprise.main_site', 'enterprise.future'] }),
  parks: query('GET /parks', { summary: '园区列表', input: p.ParkFilter, output: p.ParkPage, verb: 'enterprise.read' }),
  park: query('GET /parks/:id', { summary: '园区档案', input: byId, output: p.ParkView, verb: 'enterprise.read' }),
  createPark: command('POST /parks', { summary: '新建园区', input: p.CreatePark, output: e.Changed, verb: 'enterprise.edit', problems: ['park.in_park_has_parent', 'enterprise.park_unknown', ...places] }),
  updatePark: command('POST /parks/:id', { summary: '修改园区', input: p.UpdatePark, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'park.in_park_has_parent', 'park.circle', ...places] }),
  voidPark: command('POST /parks/:id/void', { summary: '作废园区', input: p.VoidPark, output: e.Changed, verb: 'enterprise.edit', problems: [stale, 'park.has_tenants'] }),
  saveBuilding: command('POST /parks/:parkId/buildings', { summary: '登记楼栋', input: p.Building, output: e.Changed, verb: 'enterprise.edit', problems: [stale] }),
}
