import { z } from 'zod'
import { command, query } from '../../kernel/core/operation.ts'
import * as d from './district.ts'
import * as t from './duty.ts'

const file = z.object({})

export const operations = {
  areas: query('GET /areas', { summary: '区划树（按本单位次序）', input: d.AreasInput, output: d.AreasAnswer, verb: 'district.read', display: true }),
  saveArea: command('POST /areas/:code', { summary: '新建或修改区划', input: d.SaveArea, output: d.AreaView, verb: 'district.area', problems: ['district.parent_wrong', 'district.code_taken'] }),
  closeArea: command('POST /areas/:code/close', { summary: '撤销区划', input: d.CloseArea, output: d.AreaView, verb: 'district.area', problems: ['district.area_in_use'] }),
  reorderAreas: command('POST /areas/:code/order', { summary: '调整下级区划次序', input: d.ReorderAreas, output: d.Done, verb: 'district.area', problems: ['district.order_incomplete'] }),
  neighbours: query('GET /areas/:code/neighbours', { summary: '相邻区域', input: z.strictObject({ code: z.string() }), output: z.object({ rows: z.array(d.Neighbour) }), verb: 'district.read' }),
  saveNeighbours: command('POST /areas/:code/neighbours', { summary: '维护相邻区域', input: d.SaveNeighbours, output: d.Done, verb: 'district.area' }),
  readAreaSheet: command('POST /area-sheets', { summary: '读取区划表（不保存）', input: z.strictObject({}), output: d.AreaSheetAnswer, verb: 'district.area', body: 'raw', keyless: true, maxBytes: 10 * 1024 * 1024, perMinute: 30, problems: ['district.sheet_refused'] }),
  applyAreas: command('POST /area-imports', { summary: '导入区划表', input: d.ApplyAreas, output: d.Applied, verb: 'district.area', problems: ['district.parent_wrong'] }),
  importBoundaries: command('POST /boundary-imports', { summary: '导入边界（GeoJSON）', input: d.BoundariesIn, output: d.BoundariesDone, verb: 'district.area', body: 'raw', maxBytes: 40 * 1024 * 1024, perMinute: 10, problems: ['district.not_geojson'] }),
  boundaries: query('GET /boundaries', { summary: '区县、街道、社区、安格边界（GeoJSON）', input: d.BoundariesQuery, output: file, verb: 'district.read', answer: 'file', display: true }),
  place: query('GET /place', { summary: '某点所在的安格和区划', input: d.PlaceInput, output: d.PlaceAnswer, verb: 'district.read' }),
  grids: query('GET /grids', { summary: '安格清单', input: d.GridsInput, output: d.GridsAnswer, verb: 'district.read' }),
  grid: query('GET /grids/:id', { summary: '安格：成员、负荷、问题', input: d.OneGrid, output: d.GridDetail, verb: 'district.read' }),
  newGrid: command('POST /grids', { summary: '新建安格', input: d.NewGrid, output: d.GridDetail, verb: 'district.manage', problems: ['district.grid_needs_community'] }),
  editGrid: command('POST /grids/:id/edit', { summary: '修改安格', input: d.EditGrid, output: d.GridDetail, verb: 'district.manage' }),
  closeGrid: command('POST /grids/:id/close', { summary: '撤销安格', input: d.CloseGrid, output: d.GridDetail, verb: 'district.manage', problems: ['district.grid_closed'] }),
  candidates: query('GET /grid-candidates', { summary: '可以安排到安格的人', input: d.CandidatesInput, output: d.CandidatesAnswer, verb: 'district.manage' }),
  addMember: command('POST /grids/:id/members', { summary: '定岗：安排安格员', input: d.AddMember, output: d.GridDetail, verb: 'district.manage', problems: ['district.member_twice', 'district.main_elsewhere', 'district.second_post', 'district.leader_there', 'district.person_unknown'] }),
  endMember: command('POST /grids/:id/members/:memberId/end', { summary: '撤岗：结束安格员任职', input: d.EndMember, output: d.GridDetail, verb: 'district.manage', problems: ['district.member_ended'] }),
  rota: query('GET /grids/:id/rota', { summary: '安格排班', input: t.RotaQuery, output: t.RotaAnswer, verb: 'district.read', problems: ['district.rota_too_long'] }),
  makeRota: command('POST /rotas', { summary: '按5+2生成排班', input: t.MakeRota, output: t.RotaMade, verb: 'district.rota', problems: ['district.rota_too_long', 'district.rota_past'] }),
  setDay: command('POST /grids/:id/rota/day', { summary: '调整某日值守', input: t.SetDay, output: t.RotaAnswer, verb: 'district.rota', problems: ['district.rota_past', 'district.rota_no_rest', 'district.rota_not_member'] }),
  askSwap: command('POST /grids/:id/swaps', { summary: '申请换班', input: t.AskSwap, output: t.Swap, verb: 'district.swap', problems: ['district.swap_not_on_duty', 'district.swap_on_duty', 'district.rota_no_rest', 'district.rota_not_member', 'district.swap_not_yours'] }),
  swaps: query('GET /swaps', { summary: '换班申请', input: t.SwapsQuery, output: t.SwapsAnswer, verb: 'district.read' }),
  decideSwap: command('POST /swaps/:id/decide', { summary: '批准或不批准换班', input: t.DecideSwap, output: t.Swap, verb: 'district.swap', problems: ['district.swap_not_leader', 'district.swap_own', 'district.swap_decided', 'district.rota_no_rest'] }),
  withdrawSwap: command('POST /swaps/:id/withdraw', { summary: '撤回换班申请', input: t.WithdrawSwap, output: t.Swap, verb: 'district.swap', problems: ['district.swap_not_yours', 'district.swap_decided'] }),
  coverage: query('GET /coverage', { summary: '全勤：格天覆盖', input: t.CoverageQuery, output: t.CoverageAnswer, verb: 'district.read', problems: ['district.rota_too_long'] }),
}
