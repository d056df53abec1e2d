import { z } from 'zod'
import { command, query, SIGNED_IN } from '../../kernel/core/operation.ts'
import * as s from './sync.ts'

/** The pipe of the phone. Rows are chosen by the reach and rights that the signed-in person has for each kind. */
export const operations = {
  start: query('GET /sync/start', { summary: '离线工作开始：我是谁、要下载多少', input: s.StartInput, output: s.Start, verb: SIGNED_IN, perMinute: 60 }),
  changes: query('GET /sync/changes', { summary: '离线数据：自上次以来的变化', input: s.ChangesInput, output: s.Changes, verb: SIGNED_IN, perMinute: 600, snapshot: true, problems: ['common.bad_cursor'] }),
  resolve: query('GET /sync/scan', { summary: '扫码或输入片段查找场所', input: s.ResolveInput, output: s.Resolved, verb: 'enterprise.read', perMinute: 300 }),
  places: query('GET /sync/places', { summary: '联网取用不在手机上的场所', input: s.PlacesInput, output: s.Places, verb: 'enterprise.read', perMinute: 300 }),
  devices: query('GET /sync/devices', { summary: '登记的设备', input: z.strictObject({ personId: z.uuid().optional() }), output: z.object({ rows: z.array(s.Device) }), verb: SIGNED_IN }),
  registerDevice: command('POST /sync/devices', { summary: '登记这台设备', input: s.RegisterDevice, output: s.Device, verb: SIGNED_IN, perMinute: 60, problems: ['sync.device_revoked'] }),
  revokeDevice: command('POST /sync/devices/:id/revoke', { summary: '停用设备：登录即失效，数据待清除', input: s.RevokeDevice, output: s.Device, verb: SIGNED_IN, perMinute: 60, problems: ['sync.device_revoked'] }),
}
